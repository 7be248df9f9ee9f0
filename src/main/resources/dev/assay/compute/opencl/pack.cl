// One bit for each unit and sample: set iff any of the unit's values is above zero. An item makes the byte of eight units,
// so that neighbouring items read neighbouring values and no item waits for another. A float is above zero iff its bits,
// read as a signed integer, are.

#define INFINITE 0x7f800000
#define MAGNITUDE 0x7fffffff

__kernel void pack(
    __global const int *values,  // [rows][units][positions]
    __global uchar *bits,        // [rows][bytes], bytes a multiple of eight
    __global int *first_bad,     // index of the first value that is not finite
    int rows, int units, int positions, int bytes)
{
  long id = get_global_id(0);
  if (id >= (long)rows * bytes) return;
  int row = (int)(id / bytes);
  int unit = (int)(id % bytes) * 8;
  long at = ((long)row * units + unit) * positions;
  uchar result = 0;
  int bad = INT_MAX;
  if (positions == 1 && unit + 8 <= units) {
    int8 v = vload8(0, values + at);
    int8 on = (v > 0) & (int8)(1, 2, 4, 8, 16, 32, 64, 128);
    int4 half_on = on.lo | on.hi;
    result = half_on.s0 | half_on.s1 | half_on.s2 | half_on.s3;
    int8 not_finite = (v & MAGNITUDE) >= INFINITE;
    if (any(not_finite)) {
      for (int i = 7; i >= 0; i--)
        if ((values[at + i] & MAGNITUDE) >= INFINITE) bad = (int)at + i;
    }
  } else {
    for (int u = 0; u < 8 && unit + u < units; u++) {
      int any_on = 0;
      for (int p = 0; p < positions; p++, at++) {
        int v = values[at];
        any_on |= v > 0;
        if ((v & MAGNITUDE) >= INFINITE) bad = min(bad, (int)at);
      }
      result |= any_on << u;
    }
  }
  bits[id] = result;
  if (bad != INT_MAX) atomic_min(first_bad, bad);
}
