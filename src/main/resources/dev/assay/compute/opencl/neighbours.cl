// Distances of queries and a block of database rows, then the least of each query among them and those found before. A block
// is small enough for a device's cache; the matrix of all distances is never written.

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
    int query_count, int vectors,
    int from, int to,                      // rows of the block
    int own_row)                           // the row that is the first query, or far below 0
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
        float4 p = sum[i][half_tile];
        float d[4] = {(norm[0] + own - 2.0f * p.s0) * scale[0], (norm[1] + own - 2.0f * p.s1) * scale[1],
                      (norm[2] + own - 2.0f * p.s2) * scale[2], (norm[3] + own - 2.0f * p.s3) * scale[3]};
#pragma unroll
        for (int j = 0; j < 4; j++)
          if (column + j == own_row + query) d[j] = NAN;
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
#define NONE ULONG_MAX

// A distance and its row as one whole number of the same order; of equal distances the lower row comes first.
ulong key(float distance, uint row)
{
  // Adding 0 makes one zero of both.
  int bits = as_int(distance + 0.0f);
  uint turned = (uint)(bits ^ (bits >> 31 & INT_MAX)) ^ 0x80000000u;
  return (ulong)turned << 32 | row;
}

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
    int rows, int keep,
    int parts,                        // a power of two, at most ROOM, at least twice what is kept
    int first_row,                    // number of the first row in the whole database
    int begin)                        // 1 when nothing was found before
{
  __local ulong keys[ROOM];
  __local int count;
  int id = get_local_id(0);
  distances += (long)get_group_id(0) * rows;
  best += (long)get_group_id(0) * keep;
  ulong bound = begin ? NONE : best[keep - 1];
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
  barrier(CLK_LOCAL_MEM_FENCE);
  sort(keys, wanted, id);
  if (wanted > 0) bound = keys[keep - 1];
  int kept = 0;
  // Once as a rule; again with a lower bound when more than there is room for lie below this one.
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
    for (int from = id; from < rows; from += 8 * GROUP) {
      float d[8];
#pragma unroll
      for (int i = 0; i < 8; i++) d[i] = from + i * GROUP < rows ? distances[from + i * GROUP] : NAN;
#pragma unroll
      for (int i = 0; i < 8; i++) {
        ulong k = key(d[i], (uint)(first_row + from + i * GROUP));
        if (d[i] == d[i] && k <= bound) {
          int at = atomic_inc(&count);
          if (at < ROOM) keys[at] = k;
        }
      }
    }
    barrier(CLK_LOCAL_MEM_FENCE);
    more = count > ROOM;
    kept = min(count, ROOM);
    int size = 1;
    while (size < kept) size *= 2;
    for (int i = kept + id; i < size; i += GROUP) keys[i] = NONE;
    barrier(CLK_LOCAL_MEM_FENCE);
    sort(keys, size, id);
    if (more) bound = keys[keep - 1];
  }
  for (int i = id; i < keep; i += GROUP) best[i] = i < kept ? keys[i] : NONE;
}
