// How many samples of each class have each bit set. A group has a segment of samples of one class and some words of each:
// its items are lanes over the words by sub-rows, which take turns at the samples, so that neighbours read neighbouring
// words. An item counts its 64 bits side by side, plane p holding bit p of all 64 counts, eight samples at a time by
// carry-save adders. Then the planes of the sub-rows are added, still bit by bit, and last the counts added to the whole.

#define GROUP 256
#define MOST_PLANES 16

#define ADD(sum, carry, a, b, c) { ulong u = (a) ^ (b); carry = ((a) & (b)) | (u & (c)); sum = u ^ (c); }
#define HALF(plane) { ulong next = plane & carry; plane ^= carry; carry = next; }

__kernel __attribute__((reqd_work_group_size(GROUP, 1, 1)))
void count(
    __global const ulong *bits,    // [rows][words]
    __global const int *order,     // rows, class by class
    __global const int *segments,  // [segments][3]: class, first place in the order, number of rows (at least 1)
    __global uint *counts,         // [classes][words * 64]
    int words,
    int shift)                     // lanes are 2^shift, at most 64; an item gets at most 248 samples
{
  __local ulong shared[GROUP / 2 * 8];
  int lid = get_local_id(0);
  int lanes = 1 << shift;
  int sub_rows = GROUP >> shift;
  int sub_row = lid >> shift;
  int first_word = get_group_id(1) << shift;
  // Lanes beyond the words read the last one, and what they count is left out.
  __global const ulong *column = bits + min(first_word + (lid & (lanes - 1)), words - 1);
  __global const int *segment = segments + get_group_id(0) * 3;
  int size = segment[2];
  int last = segment[1] + size - 1;
  int at = segment[1] + sub_row;
  ulong p[MOST_PLANES];
  #pragma unroll
  for (int i = 0; i < MOST_PLANES; i++) p[i] = 0;
  int rows[8];
  #pragma unroll
  for (int i = 0; i < 8; i++) rows[i] = order[min(at + i * sub_rows, last)];
  for (; at <= last; at += 8 * sub_rows) {
    ulong x[8];
    #pragma unroll
    for (int i = 0; i < 8; i++) x[i] = column[rows[i] * words];
    #pragma unroll
    for (int i = 0; i < 8; i++) rows[i] = order[min(at + (8 + i) * sub_rows, last)];
    #pragma unroll
    for (int i = 0; i < 8; i++) x[i] = at + i * sub_rows <= last ? x[i] : 0;
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

  int planes = 32 - clz((size + sub_rows - 1) >> (8 - shift));
  for (int rest = GROUP / 2; rest >= lanes; rest >>= 1) {
    if (lid >= rest && lid < 2 * rest) {
      #pragma unroll
      for (int i = 0; i < MOST_PLANES; i++)
        if (i < planes) shared[i * rest + lid - rest] = p[i];
    }
    barrier(CLK_LOCAL_MEM_FENCE);
    if (lid < rest) {
      ulong carry = 0;
      #pragma unroll
      for (int i = 0; i < MOST_PLANES; i++) {
        if (i < planes) {
          ulong other = shared[i * rest + lid];
          ulong u = p[i] ^ other;
          ulong next = (p[i] & other) | (u & carry);
          p[i] = u ^ carry;
          carry = next;
        } else if (i == planes) {
          p[i] = carry;
        }
      }
    }
    barrier(CLK_LOCAL_MEM_FENCE);
    planes++;
  }
  if (lid < lanes) {
    #pragma unroll
    for (int i = 0; i < MOST_PLANES; i++)
      if (i < planes) shared[i * lanes + lid] = p[i];
  }
  barrier(CLK_LOCAL_MEM_FENCE);

  __global uint *to = counts + ((long)segment[0] * words + first_word) * 64;
  int end = min(lanes, words - first_word) * 64;
  for (int counter = lid; counter < end; counter += GROUP) {
    __local const uint *from = (__local const uint *)shared + (counter >> 5);
    uint n = 0;
    #pragma unroll
    for (int i = 0; i < MOST_PLANES; i++)
      if (i < planes) n |= (from[i * lanes * 2] >> (counter & 31) & 1) << i;
    if (n) atomic_add(to + counter, n);
  }
}
