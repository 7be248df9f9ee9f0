// How many samples of each class have each bit set. An item has one word of the samples of a segment, all of one class and
// at most 255, and counts its 64 bits side by side: plane p holds bit p of all 64 counts. Eight samples are added together
// by carry-save adders. At the end the counts are added to the whole.

#define ADD(sum, carry, a, b, c) { ulong u = (a) ^ (b); carry = ((a) & (b)) | (u & (c)); sum = u ^ (c); }

__kernel void count(
    __global const ulong *bits,    // [rows][words]
    __global const int *order,     // rows, class by class
    __global const int *segments,  // [segments][3]: class, first place in the order, number of rows
    __global uint *counts,         // [classes][words * 64]
    int segment_count, int words)
{
  long id = get_global_id(0);
  if (id >= (long)segment_count * words) return;
  int segment = (int)(id / words);
  int word = (int)(id % words);
  int at = segments[segment * 3 + 1];
  int end = at + segments[segment * 3 + 2];
  ulong p0 = 0, p1 = 0, p2 = 0, p3 = 0, p4 = 0, p5 = 0, p6 = 0, p7 = 0;
  for (; at + 8 <= end; at += 8) {
    ulong x[8];
    for (int i = 0; i < 8; i++) x[i] = bits[(long)order[at + i] * words + word];
    ulong a, b, c, d, twos_a, twos_b, fours_a, fours_b, carry, next;
    ADD(a, twos_a, x[0], x[1], x[2]);
    ADD(b, twos_b, x[3], x[4], x[5]);
    ADD(c, carry, a, b, x[6]);
    ADD(d, fours_a, twos_a, twos_b, carry);
    ADD(p0, carry, p0, c, x[7]);
    ADD(p1, fours_b, p1, d, carry);
    ADD(p2, carry, p2, fours_a, fours_b);
    next = p3 & carry; p3 ^= carry; carry = next;
    next = p4 & carry; p4 ^= carry; carry = next;
    next = p5 & carry; p5 ^= carry; carry = next;
    next = p6 & carry; p6 ^= carry; carry = next;
    p7 ^= carry;
  }
  for (; at < end; at++) {
    ulong carry = bits[(long)order[at] * words + word], next;
    next = p0 & carry; p0 ^= carry; carry = next;
    next = p1 & carry; p1 ^= carry; carry = next;
    next = p2 & carry; p2 ^= carry; carry = next;
    next = p3 & carry; p3 ^= carry; carry = next;
    next = p4 & carry; p4 ^= carry; carry = next;
    next = p5 & carry; p5 ^= carry; carry = next;
    next = p6 & carry; p6 ^= carry; carry = next;
    p7 ^= carry;
  }
  __global uint *to = counts + ((long)segments[segment * 3] * words + word) * 64;
  for (int u = 0; u < 64; u++) {
    uint n = (uint)(p0 >> u & 1) | (uint)(p1 >> u & 1) << 1 | (uint)(p2 >> u & 1) << 2 | (uint)(p3 >> u & 1) << 3
        | (uint)(p4 >> u & 1) << 4 | (uint)(p5 >> u & 1) << 5 | (uint)(p6 >> u & 1) << 6 | (uint)(p7 >> u & 1) << 7;
    if (n) atomic_add(to + u, n);
  }
}
