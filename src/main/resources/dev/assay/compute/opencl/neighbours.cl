// Products of queries and database rows in tiles of 128 x 128, each item 8 x 8 in registers. A tile becomes distances there;
// what may be among a query's nearest goes through local memory to the heap of the query. The matrix of all distances is
// never written.

#define TILE 128
#define STEP 16
// Vectors of four in a row of a tile, and one more, so that items that store columns meet few others in a bank.
#define LEAD (TILE / 4 + 1)
// Items that have values of one query.
#define SHARERS 16

// Puts a pair where the greatest of a heap was.
void sift(__global float *distance, __global int *index, int size, float d, int row)
{
  int at = 0;
  for (;;) {
    int child = 2 * at + 1;
    if (child >= size) break;
    float greatest = distance[child];
    int greatest_row = index[child];
    if (child + 1 < size) {
      float other = distance[child + 1];
      int other_row = index[child + 1];
      if (other > greatest || (other == greatest && other_row > greatest_row)) {
        child++;
        greatest = other;
        greatest_row = other_row;
      }
    }
    if (greatest < d || (greatest == d && greatest_row < row)) break;
    distance[at] = greatest;
    index[at] = greatest_row;
    at = child;
  }
  distance[at] = d;
  index[at] = row;
}

// Four neighbouring values of a row, 0 beyond its end and beyond the last row.
float4 part(__global const float *from, int row, int rows, int column, int columns)
{
  if (row >= rows || column >= columns) return (float4)(0.0f);
  __global const float *at = from + (long)row * columns + column;
  // Where rows are whole vectors all of these lie at places of vectors.
  if ((columns & 3) == 0) return *(__global const float4 *)at;
  float4 v = (float4)(at[0], 0.0f, 0.0f, 0.0f);
  if (column + 1 < columns) v.s1 = at[1];
  if (column + 2 < columns) v.s2 = at[2];
  if (column + 3 < columns) v.s3 = at[3];
  return v;
}

void put(__local float4 *tile, int column, int row, float4 v)
{
  __local float *to = (__local float *)tile + column * (4 * LEAD) + row;
  to[0] = v.s0;
  to[4 * LEAD] = v.s1;
  to[8 * LEAD] = v.s2;
  to[12 * LEAD] = v.s3;
}

float pick(float4 v, int i)
{
  return i == 0 ? v.s0 : i == 1 ? v.s1 : i == 2 ? v.s2 : v.s3;
}

// The place in a tile of an item's value: four in each half.
int place(int item, int i)
{
  return 4 * item + (i & 3) + (i >> 2) * (TILE / 2);
}

#define MULTIPLY(i, value) \
  sum[i][0] = fma((float4)(value), r0, sum[i][0]); \
  sum[i][1] = fma((float4)(value), r1, sum[i][1]);

__kernel __attribute__((reqd_work_group_size(16, 16, 1)))
void nearest(
    __global const float *queries,         // [query_count][columns]
    __global const float *query_norms,
    __global const float *database,        // [row_count][columns]
    __global const float *database_norms,
    __global const float *scales,          // [row_count]
    __global float *heap_distance,         // [split][query_count][keep]
    __global int *heap_index,
    int query_count, int row_count, int columns, int keep,
    int rows_of_split,  // a multiple of TILE
    int first_row,      // number of the first row in the whole database
    int own_row)        // number of the first query in it, or INT_MIN / 2 when queries are other rows
{
  __local float4 a[STEP * LEAD];
  __local float4 b[STEP * LEAD];
  __local float bound[TILE];  // of each query, the greatest distance in its heap
  __local int count[TILE];    // of each query, how many values wait for its heap
  __local float found_distance[SHARERS][TILE];
  __local int found_index[SHARERS][TILE];
  int x = get_local_id(0), y = get_local_id(1);
  int id = y * 16 + x;
  int first_query = get_group_id(0) * TILE;
  int split = get_group_id(1);
  int from = split * rows_of_split;
  int to = min(row_count, from + rows_of_split);
  int own_query = first_query + id;
  long heap = ((long)split * query_count + own_query) * keep;
  if (id < TILE) {
    count[id] = 0;
    bound[id] = own_query < query_count ? INFINITY : -INFINITY;
    if (own_query < query_count) {
      for (int i = 0; i < keep; i++) {
        heap_distance[heap + i] = INFINITY;
        heap_index[heap + i] = INT_MAX;
      }
    }
  }
  int load_row = id >> 2, load_column = (id & 3) * 4;
  for (int base = from; base < to; base += TILE) {
    float4 sum[8][2];
#pragma unroll
    for (int i = 0; i < 8; i++) sum[i][0] = sum[i][1] = (float4)(0.0f);
    float4 a0 = part(queries, first_query + load_row, query_count, load_column, columns);
    float4 a1 = part(queries, first_query + load_row + 64, query_count, load_column, columns);
    float4 b0 = part(database, base + load_row, to, load_column, columns);
    float4 b1 = part(database, base + load_row + 64, to, load_column, columns);
    for (int c0 = 0; c0 < columns; c0 += STEP) {
      barrier(CLK_LOCAL_MEM_FENCE);
      put(a, load_column, load_row, a0);
      put(a, load_column, load_row + 64, a1);
      put(b, load_column, load_row, b0);
      put(b, load_column, load_row + 64, b1);
      barrier(CLK_LOCAL_MEM_FENCE);
      // The next values are on their way while these are multiplied.
      int next = c0 + STEP + load_column;
      a0 = part(queries, first_query + load_row, query_count, next, columns);
      a1 = part(queries, first_query + load_row + 64, query_count, next, columns);
      b0 = part(database, base + load_row, to, next, columns);
      b1 = part(database, base + load_row + 64, to, next, columns);
#pragma unroll
      for (int s = 0; s < STEP; s++) {
        float4 q0 = a[s * LEAD + y], q1 = a[s * LEAD + 16 + y];
        float4 r0 = b[s * LEAD + x], r1 = b[s * LEAD + 16 + x];
        MULTIPLY(0, q0.s0) MULTIPLY(1, q0.s1) MULTIPLY(2, q0.s2) MULTIPLY(3, q0.s3)
        MULTIPLY(4, q1.s0) MULTIPLY(5, q1.s1) MULTIPLY(6, q1.s2) MULTIPLY(7, q1.s3)
      }
    }
    // Values that may be among the nearest, a bit each: bit 8 i + j for the item's query i and row j. What is NaN never is.
    ulong near = 0;
    float norm[8], scale[8];
#pragma unroll
    for (int j = 0; j < 8; j++) {
      int row = base + place(x, j);
      norm[j] = row < to ? database_norms[row] : NAN;
      scale[j] = row < to ? scales[row] : 1.0f;
    }
    float4 norm0 = (float4)(norm[0], norm[1], norm[2], norm[3]), norm1 = (float4)(norm[4], norm[5], norm[6], norm[7]);
    float4 scale0 = (float4)(scale[0], scale[1], scale[2], scale[3]);
    float4 scale1 = (float4)(scale[4], scale[5], scale[6], scale[7]);
#pragma unroll
    for (int i = 0; i < 8; i++) {
      int q = place(y, i);
      float own = first_query + q < query_count ? query_norms[first_query + q] : 0.0f;
      float limit = bound[q];
      sum[i][0] = (norm0 + own - 2.0f * sum[i][0]) * scale0;
      sum[i][1] = (norm1 + own - 2.0f * sum[i][1]) * scale1;
      uint of_query = (sum[i][0].s0 <= limit) | (sum[i][0].s1 <= limit) << 1 | (sum[i][0].s2 <= limit) << 2
          | (sum[i][0].s3 <= limit) << 3 | (sum[i][1].s0 <= limit) << 4 | (sum[i][1].s1 <= limit) << 5
          | (sum[i][1].s2 <= limit) << 6 | (sum[i][1].s3 <= limit) << 7;
      near |= (ulong)of_query << (8 * i);
    }
    // Row by row of an item, so that at most SHARERS values of a query wait.
    for (int j = 0; j < 8; j++) {
      ulong mine = near >> j & 0x0101010101010101UL;
      if (mine) {
        int row = first_row + base + place(x, j);
#pragma unroll
        for (int i = 0; i < 8; i++) {
          int q = place(y, i);
          // A query does not find itself.
          if ((mine >> (8 * i) & 1) && row != own_row + first_query + q) {
            int at = atomic_inc(count + q);
            found_distance[at][q] = pick(j < 4 ? sum[i][0] : sum[i][1], j & 3);
            found_index[at][q] = row;
          }
        }
      }
      barrier(CLK_LOCAL_MEM_FENCE);
      if (id < TILE && count[id] > 0) {
        float greatest = heap_distance[heap];
        for (int n = 0; n < count[id]; n++) {
          float d = found_distance[n][id];
          int row = found_index[n][id];
          if (d < greatest || (d == greatest && row < heap_index[heap])) {
            sift(heap_distance + heap, heap_index + heap, keep, d, row);
            greatest = heap_distance[heap];
          }
        }
        bound[id] = greatest;
        count[id] = 0;
      }
      barrier(CLK_LOCAL_MEM_FENCE);
    }
  }
}
