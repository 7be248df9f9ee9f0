// Distances of queries and a block of database rows, then the least of each query among them and those found before. What lies
// below the bound that was found before is listed at once, so that the distances themselves are read only of the first block and
// where a list is too short. The matrix of all distances is never written.

#define TILE 128
// Vectors of four values that are multiplied between two barriers.
#define STEP 2
// Vectors of four in a row of a tile, and one more, so that items that store columns meet few others in a bank.
#define LEAD (TILE / 4 + 1)

void put(__local float4 *tile, int vector, int row, float4 v)
{
  __local float *to = (__local float *)tile + vector * (16 * LEAD) + row;
  to[0] = v.s0;
  to[4 * LEAD] = v.s1;
  to[8 * LEAD] = v.s2;
  to[12 * LEAD] = v.s3;
}

#define NONE ULONG_MAX

// A distance and its row as one whole number of the same order; of equal distances the lower row comes first.
ulong key(float distance, uint row)
{
  // Adding 0 makes one zero of both.
  int bits = as_int(distance + 0.0f);
  uint turned = (uint)(bits ^ (bits >> 31 & INT_MAX)) ^ 0x80000000u;
  return (ulong)turned << 32 | row;
}

// The distance of a key, and of none what is above all distances.
float distance(ulong k)
{
  int turned = (int)((uint)(k >> 32) ^ 0x80000000u);
  return k == NONE ? INFINITY : as_float(turned ^ (turned >> 31 & INT_MAX));
}

// The place in a tile of an item's value: four in each half.
int place(int item, int i)
{
  return 4 * item + (i & 3) + (i >> 2) * (TILE / 2);
}

#define MULTIPLY(i, value) \
  sum[i][0] = fma((float4)(value), r0, sum[i][0]); \
  sum[i][1] = fma((float4)(value), r1, sum[i][1]);

// A group has a tile of 128 x 128, an item 8 x 8 of it in registers. The distance of a query and itself is NaN.
__kernel __attribute__((reqd_work_group_size(16, 16, 1)))
void distances(
    __global const float4 *queries,        // [query_count][vectors]; the last vector is filled up with 0
    __global const float *query_norms,
    __global const float4 *database,       // [row_count][vectors]
    __global const float *database_norms,
    __global const float *scales,          // [row_count]
    __global float *result,                // [query_count][to - from]
    __global const ulong *best,            // [query_count][keep], ascending; of earlier blocks
    __global ulong *list,                  // [query_count][longest]
    __global int *listed,                  // [query_count]: how many should be in the list
    int query_count, int vectors, int keep, int longest,
    int from, int to,                      // rows of the block
    int own_row,                           // the row that is the first query, or far below 0
    int first,                             // number of the first row in the whole database
    int begin)                             // 1 when there was no earlier block
{
  __local float4 a[2][4 * STEP * LEAD];
  __local float4 b[2][4 * STEP * LEAD];
  int x = get_local_id(0), y = get_local_id(1);
  int id = y * 16 + x;
  int first_query = get_group_id(0) * TILE;
  int first_row = from + get_group_id(1) * TILE;
  // An item brings a vector of a row of each side. Beyond the last row that one comes again; nothing is written there.
  int row = id / STEP, vector = id % STEP;
  uint query_at = (uint)min(first_query + row, query_count - 1) * vectors;
  uint row_at = (uint)min(first_row + row, to - 1) * vectors;
  float4 sum[8][2];
#pragma unroll
  for (int i = 0; i < 8; i++) sum[i][0] = sum[i][1] = (float4)(0.0f);
  float4 none = (float4)(0.0f);
  put(a[0], vector, row, vector < vectors ? queries[query_at + vector] : none);
  put(b[0], vector, row, vector < vectors ? database[row_at + vector] : none);
  barrier(CLK_LOCAL_MEM_FENCE);
  int now = 0;
  for (int v = 0; v < vectors; v += STEP) {
    // The next values are on their way while these are multiplied.
    int next = v + STEP + vector;
    float4 next_query = next < vectors ? queries[query_at + next] : none;
    float4 next_row = next < vectors ? database[row_at + next] : none;
#pragma unroll
    for (int s = 0; s < 4 * STEP; s++) {
      float4 q0 = a[now][s * LEAD + y], q1 = a[now][s * LEAD + 16 + y];
      float4 r0 = b[now][s * LEAD + x], r1 = b[now][s * LEAD + 16 + x];
      MULTIPLY(0, q0.s0) MULTIPLY(1, q0.s1) MULTIPLY(2, q0.s2) MULTIPLY(3, q0.s3)
      MULTIPLY(4, q1.s0) MULTIPLY(5, q1.s1) MULTIPLY(6, q1.s2) MULTIPLY(7, q1.s3)
    }
    now ^= 1;
    put(a[now], vector, row, next_query);
    put(b[now], vector, row, next_row);
    barrier(CLK_LOCAL_MEM_FENCE);
  }
#pragma unroll
  for (int half_tile = 0; half_tile < 2; half_tile++) {
    int column = first_row + 4 * x + half_tile * (TILE / 2);
    float norm[4], scale[4];
#pragma unroll
    for (int j = 0; j < 4; j++) {
      norm[j] = column + j < to ? database_norms[column + j] : 0.0f;
      scale[j] = column + j < to ? scales[column + j] : 1.0f;
    }
#pragma unroll
    for (int i = 0; i < 8; i++) {
      int query = first_query + place(y, i);
      if (query < query_count) {
        float own = query_norms[query];
        float bound = begin ? NAN : distance(best[(long)query * keep + keep - 1]);
        float4 p = sum[i][half_tile];
        float d[4] = {(norm[0] + own - 2.0f * p.s0) * scale[0], (norm[1] + own - 2.0f * p.s1) * scale[1],
                      (norm[2] + own - 2.0f * p.s2) * scale[2], (norm[3] + own - 2.0f * p.s3) * scale[3]};
#pragma unroll
        for (int j = 0; j < 4; j++)
          if (column + j == own_row + query) d[j] = NAN;
        if (fmin(fmin(d[0], d[1]), fmin(d[2], d[3])) <= bound) {
#pragma unroll
          for (int j = 0; j < 4; j++)
            if (d[j] <= bound && column + j < to) {
              int at = atomic_inc(listed + query);
              if (at < longest) list[(long)query * longest + at] = key(d[j], (uint)(first + column + j));
            }
        }
        __global float *at = result + (long)query * (to - from) + (column - from);
        if (((to - from) & 3) == 0 && column < to) {
          *(__global float4 *)at = (float4)(d[0], d[1], d[2], d[3]);
        } else {
#pragma unroll
          for (int j = 0; j < 4; j++)
            if (column + j < to) at[j] = d[j];
        }
      }
    }
  }
}

// Few items of a query, so that many queries are at work at once and wait for each other less.
#define GROUP 64
// ROOM: keys that a group can sort, a power of two.
// Sorts so many keys, a power of two.
void sort(__local ulong *keys, int size, int id)
{
  for (int run = 2; run <= size; run *= 2)
    for (int step = run / 2; step > 0; step /= 2) {
      for (int i = id; i < size; i += GROUP) {
        int other = i ^ step;
        if (other > i) {
          ulong a = keys[i], b = keys[other];
          if ((a > b) == ((i & run) == 0)) {
            keys[i] = b;
            keys[other] = a;
          }
        }
      }
      barrier(CLK_LOCAL_MEM_FENCE);
    }
}

// The least keys of a query, which a group has. Of as many disjoint parts of a block as shall be kept each has a distance not
// above the greatest of the parts' least ones: with twice as many parts and more, few distances lie below that.
__kernel __attribute__((reqd_work_group_size(GROUP, 1, 1)))
void least(
    __global const float *distances,  // [queries][rows]
    __global ulong *best,             // [queries][keep], ascending
    __global const ulong *list,       // [queries][longest]
    __global int *listed,             // [queries], set back to 0
    int rows, int keep, int longest,
    int parts,                        // a power of two, at most ROOM, at least twice what is kept
    int first_row,                    // number of the first row in the whole database
    int begin)                        // 1 when nothing was found before
{
  __local ulong keys[ROOM];
  __local int count;
  int id = get_local_id(0);
  distances += (long)get_group_id(0) * rows;
  best += (long)get_group_id(0) * keep;
  list += (long)get_group_id(0) * longest;
  listed += get_group_id(0);
  ulong bound = begin ? NONE : best[keep - 1];
  // How many are in the list, if that holds all.
  int in_list = begin ? INT_MAX : *listed;
  int whole = in_list > longest;
  // Where earlier blocks held fewer rows than are kept, everything is listed and this block has no bound either.
  int wanted = bound == NONE ? parts : 0;
  for (int p = id; p < wanted; p += GROUP) {
    float nearest = INFINITY;
    for (int from = p; from < rows; from += 8 * parts) {
      float d[8];
#pragma unroll
      for (int i = 0; i < 8; i++) d[i] = from + i * parts < rows ? distances[from + i * parts] : NAN;
#pragma unroll
      for (int i = 0; i < 8; i++) nearest = fmin(nearest, d[i]);
    }
    keys[p] = nearest < INFINITY ? key(nearest, UINT_MAX) : NONE;
  }
  // Behind this best and listed are written, which all have read.
  barrier(CLK_LOCAL_MEM_FENCE | CLK_GLOBAL_MEM_FENCE);
  sort(keys, wanted, id);
  if (wanted > 0) bound = keys[keep - 1];
  int others = whole ? rows : in_list;
  int kept = 0;
  // Once as a rule; again with a lower bound when more than there is room for lie below this one.
  // (The loop runs at least once: of one that may not run at all PoCL 3.1 makes wrong code.)
  for (int more = 1; more;) {
    barrier(CLK_LOCAL_MEM_FENCE);
    if (id == 0) count = 0;
    barrier(CLK_LOCAL_MEM_FENCE);
    for (int i = id; i < keep; i += GROUP) {
      ulong k = begin ? NONE : best[i];
      if (k != NONE && k <= bound) {
        int at = atomic_inc(&count);
        if (at < ROOM) keys[at] = k;
      }
    }
    for (int from = id; from < others; from += 8 * GROUP) {
      ulong k[8];
#pragma unroll
      for (int i = 0; i < 8; i++) {
        int at = from + i * GROUP;
        float d = whole && at < others ? distances[at] : NAN;
        k[i] = whole ? (d == d ? key(d, (uint)(first_row + at)) : NONE) : at < others ? list[at] : NONE;
      }
#pragma unroll
      for (int i = 0; i < 8; i++) {
        if (k[i] != NONE && k[i] <= bound) {
          int at = atomic_inc(&count);
          if (at < ROOM) keys[at] = k[i];
        }
      }
    }
    barrier(CLK_LOCAL_MEM_FENCE);
    more = count > ROOM;
    kept = min(count, ROOM);
    int size = 1;
    while (others > 0 && size < kept) size *= 2;
    for (int i = kept + id; i < size; i += GROUP) keys[i] = NONE;
    barrier(CLK_LOCAL_MEM_FENCE);
    sort(keys, size, id);
    if (more) bound = keys[keep - 1];
  }
  if (others > 0)
    for (int i = id; i < keep; i += GROUP) best[i] = i < kept ? keys[i] : NONE;
  if (id == 0) *listed = 0;
}
