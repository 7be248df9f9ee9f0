// Samples' bits against patterns of required states.

// How many leading sets of a chain a sample follows; an item has one sample and one pattern.
__kernel void depth(
    __global const ulong *bits,     // [rows][words]
    __global const ulong *care,     // [sets][patterns][words]
    __global const ulong *active,   // [patterns][words], of the last set; it agrees with the earlier ones where they care
    __global const uchar *present,  // [patterns]
    __global uchar *result,         // [rows][patterns]
    int rows, int words, int patterns, int sets)
{
  long id = get_global_id(0);
  if (id >= (long)rows * patterns) return;
  int pattern = (int)(id % patterns);
  __global const ulong *row = bits + id / patterns * words;
  __global const ulong *on = active + (long)pattern * words;
  int followed = 0;
  if (present[pattern]) {
    for (; followed < sets; followed++) {
      __global const ulong *mask = care + ((long)followed * patterns + pattern) * words;
      int w = 0;
      while (w < words && ((row[w] ^ on[w]) & mask[w]) == 0) w++;
      if (w < words) break;
    }
  }
  result[id] = (uchar)followed;
}

// How many required states of its pattern a sample breaks.
__kernel void violations(
    __global const ulong *bits, __global const ulong *care, __global const ulong *active,
    __global const uchar *present,
    __global const int *pattern_of,  // [rows]
    __global int *result,            // [rows], -1 without a pattern
    int rows, int words)
{
  int row = get_global_id(0);
  if (row >= rows) return;
  int pattern = pattern_of[row];
  int broken = -1;
  if (pattern >= 0 && present[pattern]) {
    broken = 0;
    for (int w = 0; w < words; w++) {
      long at = (long)pattern * words + w;
      broken += (int)popcount((bits[(long)row * words + w] ^ active[at]) & care[at]);
    }
  }
  result[row] = broken;
}
