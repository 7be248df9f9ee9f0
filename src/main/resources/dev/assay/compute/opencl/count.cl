// How many samples of each class have each bit set. A group has a segment of samples of one class and some words of each:
// its items are lanes over the words by sub-rows, which take turns at the samples, so that neighbours read neighbouring
// words. An item counts its 64 bits side by side, plane p holding bit p of all 64 counts, eight samples at a time by
// carry-save adders. Then the planes of the sub-rows are added, still bit by bit, and last the counts added to the whole.
// There are 2^SHIFT lanes, at most 64; all loops over planes have constant bounds, so that planes are in registers.

#define GROUP 256
#define LANES (1 << SHIFT)
#define SUB_ROWS (GROUP >> SHIFT)
#define BLOCK (8 * SUB_ROWS)
#define CHUNK 2048  // rows whose places are in local memory, whole blocks; what they need is what the planes need
#define LEVELS (8 - SHIFT)
#define PLANES 8
#define MOST_PLANES (PLANES + LEVELS)

#define ADD(sum, carry, a, b, c) { ulong u = (a) ^ (b); carry = ((a) & (b)) | (u & (c)); sum = u ^ (c); }
#define HALF(plane) { ulong next = plane & carry; plane ^= carry; carry = next; }

__kernel __attribute__((reqd_work_group_size(GROUP, 1, 1)))
void count(
    __global const ulong *bits,    // [rows][words]
    __global const int *order,     // rows, class by class
    __global const int *segments,  // [segments][3]: class, first place in the order, number of rows, 1 to 248 * SUB_ROWS
    __global uint *counts,         // [classes][words * 64]
    int words)
{
  __local ulong shared[GROUP / 2 * PLANES];
  __local int *places = (__local int *)shared;
  int lid = get_local_id(0);
  int first_word = get_group_id(1) * LANES;
  // Lanes beyond the words read the last one, and what they count is left out.
  __global const ulong *column = bits + min(first_word + lid % LANES, words - 1);
  __global const int *segment = segments + get_group_id(0) * 3;
  int first = segment[1];
  int size = segment[2];
  ulong p[MOST_PLANES];
  #pragma unroll
  for (int i = 0; i < MOST_PLANES; i++) p[i] = 0;
  for (int done = 0; done < size; done += CHUNK) {
    int here = min(size - done, CHUNK);
    // Blocks are filled up with the last row, which does not count there.
    for (int i = lid; i < here + BLOCK && i < CHUNK; i += 2 * GROUP) {
      int one = order[first + done + min(i, here - 1)];
      int two = order[first + done + min(i + GROUP, here - 1)];
      places[i] = one * words;
      places[i + GROUP] = two * words;
    }
    barrier(CLK_LOCAL_MEM_FENCE);
    for (int at = lid / LANES; at < here; at += BLOCK) {
      ulong x[8];
      #pragma unroll
      for (int i = 0; i < 8; i++) x[i] = column[places[at + i * SUB_ROWS]];
      #pragma unroll
      for (int i = 0; i < 8; i++) x[i] = at + i * SUB_ROWS < here ? x[i] : 0;
      ulong a, b, c, d, twos_a, twos_b, fours_a, fours_b, carry;
      ADD(a, twos_a, x[0], x[1], x[2]);
      ADD(b, twos_b, x[3], x[4], x[5]);
      ADD(c, carry, a, b, x[6]);
      ADD(d, fours_a, twos_a, twos_b, carry);
      ADD(p[0], carry, p[0], c, x[7]);
      ADD(p[1], fours_b, p[1], d, carry);
      ADD(p[2], carry, p[2], fours_a, fours_b);
      HALF(p[3]);
      HALF(p[4]);
      HALF(p[5]);
      HALF(p[6]);
      p[7] ^= carry;
    }
    barrier(CLK_LOCAL_MEM_FENCE);
  }

  #pragma unroll
  for (int level = 0; level < LEVELS; level++) {
    int rest = GROUP / 2 >> level;
    if (lid >= rest && lid < 2 * rest) {
      #pragma unroll
      for (int i = 0; i < PLANES + level; i++) shared[i * rest + lid - rest] = p[i];
    }
    barrier(CLK_LOCAL_MEM_FENCE);
    if (lid < rest) {
      ulong carry = 0;
      #pragma unroll
      for (int i = 0; i < PLANES + level; i++) {
        ulong other = shared[i * rest + lid];
        ulong u = p[i] ^ other;
        ulong next = (p[i] & other) | (u & carry);
        p[i] = u ^ carry;
        carry = next;
      }
      p[PLANES + level] = carry;
    }
    barrier(CLK_LOCAL_MEM_FENCE);
  }
  if (lid < LANES) {
    #pragma unroll
    for (int i = 0; i < MOST_PLANES; i++) shared[i * LANES + lid] = p[i];
  }
  barrier(CLK_LOCAL_MEM_FENCE);

  __global uint *to = counts + ((long)segment[0] * words + first_word) * 64;
  int end = min(LANES, words - first_word) * 64;
  for (int counter = lid; counter < end; counter += GROUP) {
    __local const uint *from = (__local const uint *)shared + (counter >> 5);
    uint n = 0;
    #pragma unroll
    for (int i = 0; i < MOST_PLANES; i++) n |= (from[i * LANES * 2] >> (counter & 31) & 1) << i;
    if (n) atomic_add(to + counter, n);
  }
}
