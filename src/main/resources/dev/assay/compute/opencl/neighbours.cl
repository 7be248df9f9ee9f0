// Products of queries and database rows in tiles of 64 x 64, each item 4 x 4 in registers; a tile becomes distances in
// local memory, and every query keeps the nearest it has met. The matrix of all distances is never written.

#define TILE 64
#define STEP 16

// Puts a pair where the greatest of a heap was.
void sift(__global float *distance, __global int *index, int size, float d, int row)
{
  int at = 0;
  for (;;) {
    int child = 2 * at + 1;
    if (child >= size) break;
    if (child + 1 < size
        && (distance[child + 1] > distance[child]
            || (distance[child + 1] == distance[child] && index[child + 1] > index[child]))) child++;
    if (distance[child] < d || (distance[child] == d && index[child] < row)) break;
    distance[at] = distance[child];
    index[at] = index[child];
    at = child;
  }
  distance[at] = d;
  index[at] = row;
}

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
  __local float a[STEP][TILE];
  __local float b[STEP][TILE];
  __local float tile[TILE][TILE + 1];
  int x = get_local_id(0), y = get_local_id(1);
  int local_id = y * 16 + x;
  int first_query = get_group_id(0) * TILE;
  int split = get_group_id(1);
  int from = split * rows_of_split;
  int to = min(row_count, from + rows_of_split);
  int query = first_query + local_id;
  long heap = ((long)split * query_count + query) * keep;
  float bound = INFINITY;
  if (local_id < TILE && query < query_count) {
    for (int i = 0; i < keep; i++) {
      heap_distance[heap + i] = INFINITY;
      heap_index[heap + i] = INT_MAX;
    }
  }
  for (int base = from; base < to; base += TILE) {
    float sum[4][4];
    for (int i = 0; i < 4; i++)
      for (int j = 0; j < 4; j++) sum[i][j] = 0.0f;
    for (int c0 = 0; c0 < columns; c0 += STEP) {
      for (int i = 0; i < 4; i++) {
        int r = y + 16 * i;
        int c = c0 + x;
        a[x][r] = first_query + r < query_count && c < columns
            ? queries[(long)(first_query + r) * columns + c] : 0.0f;
        b[x][r] = base + r < to && c < columns ? database[(long)(base + r) * columns + c] : 0.0f;
      }
      barrier(CLK_LOCAL_MEM_FENCE);
      for (int s = 0; s < STEP; s++) {
        float4 q = vload4(y, a[s]);
        float4 r = vload4(x, b[s]);
        sum[0][0] = fma(q.s0, r.s0, sum[0][0]); sum[0][1] = fma(q.s0, r.s1, sum[0][1]);
        sum[0][2] = fma(q.s0, r.s2, sum[0][2]); sum[0][3] = fma(q.s0, r.s3, sum[0][3]);
        sum[1][0] = fma(q.s1, r.s0, sum[1][0]); sum[1][1] = fma(q.s1, r.s1, sum[1][1]);
        sum[1][2] = fma(q.s1, r.s2, sum[1][2]); sum[1][3] = fma(q.s1, r.s3, sum[1][3]);
        sum[2][0] = fma(q.s2, r.s0, sum[2][0]); sum[2][1] = fma(q.s2, r.s1, sum[2][1]);
        sum[2][2] = fma(q.s2, r.s2, sum[2][2]); sum[2][3] = fma(q.s2, r.s3, sum[2][3]);
        sum[3][0] = fma(q.s3, r.s0, sum[3][0]); sum[3][1] = fma(q.s3, r.s1, sum[3][1]);
        sum[3][2] = fma(q.s3, r.s2, sum[3][2]); sum[3][3] = fma(q.s3, r.s3, sum[3][3]);
      }
      barrier(CLK_LOCAL_MEM_FENCE);
    }
    for (int j = 0; j < 4; j++) {
      int row = base + 4 * x + j;
      float norm = row < to ? database_norms[row] : NAN;
      float scale = row < to ? scales[row] : 1.0f;
      for (int i = 0; i < 4; i++) {
        int q = first_query + 4 * y + i;
        float own = q < query_count ? query_norms[q] : 0.0f;
        float d = (norm + own - 2.0f * sum[i][j]) * scale;
        // A query does not find itself; what is NaN is never nearer than anything.
        tile[4 * y + i][4 * x + j] = first_row + row == own_row + q ? NAN : d;
      }
    }
    barrier(CLK_LOCAL_MEM_FENCE);
    if (local_id < TILE && query < query_count) {
      for (int j = 0; j < TILE; j++) {
        float d = tile[local_id][j];
        int row = first_row + base + j;
        if (d < bound || (d == bound && row < heap_index[heap])) {
          sift(heap_distance + heap, heap_index + heap, keep, d, row);
          bound = heap_distance[heap];
        }
      }
    }
    barrier(CLK_LOCAL_MEM_FENCE);
  }
}
