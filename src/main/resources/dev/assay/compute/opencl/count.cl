// How many samples of each class have each bit set. A group has the 64 bits of four words and a stretch of samples; each
// item counts one bit in local memory, where nobody else writes, and adds it to the whole once at the end.

__kernel void count(
    __global const ulong *bits,    // [rows][words]
    __global const int *class_of,  // [rows], negative ones are left out
    __global uint *counts,         // [classes][words * 64]
    __local uint *own,             // [classes][256]
    int rows, int words, int classes, int stretch)
{
  int local_id = get_local_id(0);
  int column = get_global_id(0);
  int word = column >> 6;
  int from = get_group_id(1) * stretch;
  int to = min(rows, from + stretch);
  for (int c = 0; c < classes; c++) own[c * 256 + local_id] = 0;
  if (word >= words) return;
  for (int r = from; r < to; r++) {
    int c = class_of[r];
    if (c >= 0) own[c * 256 + local_id] += (uint)(bits[(long)r * words + word] >> (column & 63)) & 1u;
  }
  for (int c = 0; c < classes; c++) {
    uint n = own[c * 256 + local_id];
    if (n) atomic_add(counts + (long)c * words * 64 + column, n);
  }
}

// The same without local memory, for more classes than it holds.
__kernel void count_many(
    __global const ulong *bits, __global const int *class_of, __global uint *counts,
    int rows, int words, int stretch)
{
  int column = get_global_id(0);
  int word = column >> 6;
  int from = get_group_id(1) * stretch;
  int to = min(rows, from + stretch);
  if (word >= words) return;
  for (int r = from; r < to; r++) {
    int c = class_of[r];
    if (c >= 0 && ((bits[(long)r * words + word] >> (column & 63)) & 1))
      atomic_inc(counts + (long)c * words * 64 + column);
  }
}
