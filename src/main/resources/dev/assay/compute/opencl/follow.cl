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
#define MISSING (-(1 << 30))  // outweighs all states that may be broken

// How many required states of its pattern a sample breaks. A group's items are lanes over the words by sub-rows; an item
// counts its words of eight samples at once, and the sums of the lanes meet in local memory.
__kernel __attribute__((reqd_work_group_size(GROUP, 1, 1)))
void violations(
    __global const ulong *bits,
    __global const ulong *care, __global const ulong *active,  // at least one pattern long
    __global const uchar *present,
    __global const int *pattern_of,  // [rows]
    __global int *result,            // [rows], -1 without a pattern
    int rows, int words,
    int shift)                       // lanes are 2^shift, at most 32
{
  __local int sums[GROUP * ROWS + 32];  // [lanes][samples of the group], and so much that neighbours use different banks
  int lid = get_local_id(0);
  int lanes = 1 << shift;
  int lane = lid & (lanes - 1);
  int sub_row = lid >> shift;
  int sub_rows = GROUP >> shift;
  int pitch = sub_rows * ROWS + (32 >> shift);
  int first = get_group_id(0) * sub_rows * ROWS;
  int pattern[ROWS];
  #pragma unroll
  for (int i = 0; i < ROWS; i++) pattern[i] = pattern_of[min(first + i * sub_rows + sub_row, rows - 1)];
  int broken[ROWS];
  #pragma unroll
  for (int i = 0; i < ROWS; i++)
    broken[i] = lane == 0 && (pattern[i] < 0 || !present[pattern[i]]) ? MISSING : 0;
  for (int w = lane; w < words; w += lanes) {
    ulong x[ROWS];
    #pragma unroll
    for (int i = 0; i < ROWS; i++)
      x[i] = bits[min(first + i * sub_rows + sub_row, rows - 1) * words + w];
    #pragma unroll
    for (int i = 0; i < ROWS; i++) {
      int at = max(pattern[i], 0) * words + w;
      broken[i] += (int)popcount((x[i] ^ active[at]) & care[at]);
    }
  }
  #pragma unroll
  for (int i = 0; i < ROWS; i++) sums[lane * pitch + i * sub_rows + sub_row] = broken[i];
  barrier(CLK_LOCAL_MEM_FENCE);
  int end = min(sub_rows * ROWS, rows - first);
  for (int i = lid; i < end; i += GROUP) {
    int sum = 0;
    for (int l = 0; l < lanes; l++) sum += sums[l * pitch + i];
    result[first + i] = max(sum, -1);
  }
}
