// One bit for each unit and sample: set iff any of the unit's values is above zero. A float is above zero iff its bits, read
// as a signed integer, are. Neighbouring items read neighbouring values, whose bits meet in local memory.

#define GROUP 256
#define INFINITE 0x7f800000
#define MAGNITUDE 0x7fffffff

#define LOADS 4

// Where the units of a sample fill whole words and have one value each, values and bits are two streams. An item reads four
// times four values, a group 4096; where the last group has fewer, items read the last ones again.
__kernel __attribute__((reqd_work_group_size(GROUP, 1, 1)))
void pack_stream(
    __global const int4 *values,  // [fours]
    __global uint *bits,          // [fours / 8]
    __global int *first_bad,      // index of the first value that is not finite
    int fours)                    // a multiple of 16
{
  __local ulong nibbles[GROUP * LOADS / 8];
  int lid = get_local_id(0);
  int group = get_group_id(0);
  int from = group * (GROUP * LOADS) + lid;
  int4 v[LOADS];
  #pragma unroll
  for (int i = 0; i < LOADS; i++) v[i] = values[min(from + i * GROUP, fours - 1)];
  int4 worst = 0;
  #pragma unroll
  for (int i = 0; i < LOADS; i++) {
    int4 on = (v[i] > 0) & (int4)(1, 2, 4, 8);
    ((__local uchar *)nibbles)[i * GROUP + lid] = (uchar)(on.s0 | on.s1 | on.s2 | on.s3);
    worst = max(worst, v[i] & MAGNITUDE);
  }
  if (max(max(worst.s0, worst.s1), max(worst.s2, worst.s3)) >= INFINITE) {
    int bad = INT_MAX;
    #pragma unroll
    for (int i = 0; i < LOADS; i++) {
      int at = min(from + i * GROUP, fours - 1) * 4;
      if ((v[i].s0 & MAGNITUDE) >= INFINITE) bad = min(bad, at);
      if ((v[i].s1 & MAGNITUDE) >= INFINITE) bad = min(bad, at + 1);
      if ((v[i].s2 & MAGNITUDE) >= INFINITE) bad = min(bad, at + 2);
      if ((v[i].s3 & MAGNITUDE) >= INFINITE) bad = min(bad, at + 3);
    }
    atomic_min(first_bad, bad);
  }
  barrier(CLK_LOCAL_MEM_FENCE);
  int word = group * (GROUP * LOADS / 8) + lid;
  if (lid < GROUP * LOADS / 8 && word < fours / 8) {
    ulong x = nibbles[lid];
    x = (x | x >> 4) & 0x00ff00ff00ff00ffUL;
    x = (x | x >> 8) & 0x0000ffff0000ffffUL;
    bits[word] = (uint)(x | x >> 16);
  }
}

// Any number of units and of values for each. A group makes some bytes of eight units; what they have in values is read as
// one stretch, eight values of an item at a time.
__kernel __attribute__((reqd_work_group_size(GROUP, 1, 1)))
void pack(
    __global const int *values,  // [rows][units][positions]
    __global uchar *bits,        // [rows][bytes], fewer than 2^31; bytes is a multiple of eight
    __global int *first_bad,     // as above
    int rows, int units, int positions, int bytes,
    int group_bytes)             // bytes of a group, at most its items
{
  __local ulong active[GROUP];    // a byte for each unit, 1 when active
  __local int2 stretches[GROUP];  // where each byte's values begin, and their number
  int lid = get_local_id(0);
  uint id = get_group_id(0) * group_bytes + lid;
  int mine = lid < group_bytes && id < (uint)(rows * bytes);
  int row = mine ? (int)(id / (uint)bytes) : 0;
  int unit = mine ? (int)(id - row * bytes) * 8 : units;
  active[lid] = 0;
  stretches[lid] = (int2)((row * units + unit) * positions, clamp(units - unit, 0, 8) * positions);
  barrier(CLK_LOCAL_MEM_FENCE);
  int most = 8 * positions;
  int end = group_bytes * most;
  int bad = INT_MAX;
  for (int from = lid; from < end; from += 8 * GROUP) {
    int at[8], of[8], v[8];
    #pragma unroll
    for (int i = 0; i < 8; i++) {
      int f = min(from + i * GROUP, end - 1);
      of[i] = positions == 1 ? f : (int)((uint)f / (uint)positions);
      int2 stretch = stretches[of[i] >> 3];
      int within = f - (of[i] >> 3) * most;
      at[i] = within < stretch.s1 ? stretch.s0 + within : -1;
      v[i] = values[max(at[i], 0)];
    }
    #pragma unroll
    for (int i = 0; i < 8; i++) {
      if (at[i] >= 0 && v[i] > 0) ((__local uchar *)active)[of[i]] = 1;
      if (at[i] >= 0 && (v[i] & MAGNITUDE) >= INFINITE) bad = min(bad, at[i]);
    }
  }
  if (bad != INT_MAX) atomic_min(first_bad, bad);
  barrier(CLK_LOCAL_MEM_FENCE);
  // The lowest bits of eight bytes, put side by side.
  if (mine) bits[id] = (uchar)(active[lid] * 0x0102040810204080UL >> 56);
}
