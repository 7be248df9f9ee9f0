// Samples' bits against patterns of required states.

// How many leading sets of a chain a sample follows; an item has one sample and one pattern.
__kernel void depth(
    __global const ulong *bits,     // [rows][words]
    __global const ulong *care,     // [sets][patterns][words]
    __global const ulong *active,   // [patterns][words], of the last set; it agrees with the earlier ones where they care
    __global const uchar *present,  // [patterns]
    __global uchar *result,         // [rows][patterns], fewer than 2^31
    int rows, int words, int patterns, int sets)
{
  uint id = get_global_id(0);
  if (id >= (uint)(rows * patterns)) return;
  int pattern = (int)(id % (uint)patterns);
  __global const ulong *row = bits + (long)(id / (uint)patterns) * words;
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

#define GROUP 256
#define ROWS 8
#define LANES (1 << SHIFT)
#define SUB_ROWS (GROUP >> SHIFT)
#define GROUP_ROWS (SUB_ROWS * ROWS)
#define PITCH (GROUP_ROWS + (32 >> SHIFT))  // neighbours use different banks
#define MISSING (-(1 << 30))  // outweighs all states that may be broken

// How many required states of its pattern a sample breaks. A group's items are lanes over the words, 2^SHIFT of them and at
// most 32, by sub-rows; an item counts its words of eight samples at once, and the sums of the lanes meet in local memory.
__kernel __attribute__((reqd_work_group_size(GROUP, 1, 1)))
void violations(
    __global const ulong *bits,
    __global const ulong *care, __global const ulong *active,  // at least one pattern long
    __global const uchar *present,   // at least one
    __global const int *pattern_of,  // [rows]
    __global int *result,            // [rows], -1 without a pattern
    int rows, int words)
{
  __local int sums[LANES * PITCH];  // [lanes][samples of the group]
  int lid = get_local_id(0);
  int lane = lid % LANES;
  int sub_row = lid / LANES;
  int first = get_group_id(0) * GROUP_ROWS;
  int row[ROWS], pattern[ROWS], broken[ROWS];
  ulong x[ROWS];
  #pragma unroll
  for (int i = 0; i < ROWS; i++) {
    row[i] = min(first + i * SUB_ROWS + sub_row, rows - 1);
    pattern[i] = pattern_of[row[i]];
  }
  // Before anything waits for the patterns.
  #pragma unroll
  for (int i = 0; i < ROWS; i++) x[i] = bits[row[i] * words + min(lane, words - 1)];
  #pragma unroll
  for (int i = 0; i < ROWS; i++) broken[i] = 0;
  for (int w = lane; w < words;) {
    #pragma unroll
    for (int i = 0; i < ROWS; i++) {
      int at = max(pattern[i], 0) * words + w;
      broken[i] += (int)popcount((x[i] ^ active[at]) & care[at]);
    }
    w += LANES;
    if (w < words) {
      #pragma unroll
      for (int i = 0; i < ROWS; i++) x[i] = bits[row[i] * words + w];
    }
  }
  int there[ROWS];
  #pragma unroll
  for (int i = 0; i < ROWS; i++) there[i] = present[max(pattern[i], 0)];
  #pragma unroll
  for (int i = 0; i < ROWS; i++) {
    int missing = (lane == 0) & ((pattern[i] < 0) | (there[i] == 0));
    sums[lane * PITCH + i * SUB_ROWS + sub_row] = missing ? MISSING : broken[i];
  }
  barrier(CLK_LOCAL_MEM_FENCE);
  int end = min(GROUP_ROWS, rows - first);
  for (int i = lid; i < end; i += GROUP) {
    int sum = 0;
    #pragma unroll
    for (int l = 0; l < LANES; l++) sum += sums[l * PITCH + i];
    result[first + i] = max(sum, -1);
  }
}
