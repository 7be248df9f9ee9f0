// Products of all pairs of vectors in float64, in tiles of 64 x 64, each item 4 x 4 in registers. An element is summed
// over the coordinates in their order, whatever the tiles, so that equal vectors have equal products to the bit.

#pragma OPENCL EXTENSION cl_khr_fp64 : enable

#define TILE 64
#define STEP 16

// Adds a stretch of coordinates to a block of the products.
__kernel __attribute__((reqd_work_group_size(16, 16, 1)))
void add_products(
    __global const double *left,   // [rows][count]
    __global const double *right,  // [columns][count]
    __global double *products,     // [rows][columns]
    int rows, int columns, int count,
    int begin)                     // 1 for the first stretch: nothing is there yet
{
  __local double a[STEP][TILE + 1];
  __local double b[STEP][TILE + 1];
  int x = get_local_id(0), y = get_local_id(1);
  int row0 = get_group_id(1) * TILE, column0 = get_group_id(0) * TILE;
  double sum[4][4];
  for (int i = 0; i < 4; i++)
    for (int j = 0; j < 4; j++) {
      int r = row0 + y + 16 * i, c = column0 + x + 16 * j;
      sum[i][j] = !begin && r < rows && c < columns ? products[(long)r * columns + c] : 0.0;
    }
  for (int k0 = 0; k0 < count; k0 += STEP) {
    for (int i = 0; i < 4; i++) {
      int v = y + 16 * i, k = k0 + x;
      a[x][v] = row0 + v < rows && k < count ? left[(long)(row0 + v) * count + k] : 0.0;
      b[x][v] = column0 + v < columns && k < count ? right[(long)(column0 + v) * count + k] : 0.0;
    }
    barrier(CLK_LOCAL_MEM_FENCE);
    int steps = min(STEP, count - k0);
    for (int s = 0; s < steps; s++) {
      double p[4], q[4];
      for (int i = 0; i < 4; i++) {
        p[i] = a[s][y + 16 * i];
        q[i] = b[s][x + 16 * i];
      }
      for (int i = 0; i < 4; i++)
        for (int j = 0; j < 4; j++) sum[i][j] = fma(p[i], q[j], sum[i][j]);
    }
    barrier(CLK_LOCAL_MEM_FENCE);
  }
  for (int i = 0; i < 4; i++)
    for (int j = 0; j < 4; j++) {
      int r = row0 + y + 16 * i, c = column0 + x + 16 * j;
      if (r < rows && c < columns) products[(long)r * columns + c] = sum[i][j];
    }
}

// Adds a stretch to the squared lengths, in the same order as above.
__kernel void add_lengths(
    __global const double *vectors, __global double *lengths, int rows, int count, int begin)
{
  int r = get_global_id(0);
  if (r >= rows) return;
  double sum = begin ? 0.0 : lengths[r];
  for (int k = 0; k < count; k++) sum = fma(vectors[(long)r * count + k], vectors[(long)r * count + k], sum);
  lengths[r] = sum;
}

// Turns a row of a block of products into squared distances and finds the nearest of it; a group has one row.
__kernel void distances(
    __global double *products,  // [rows][columns], overwritten
    __global const double *row_lengths, __global const double *column_lengths,
    __global double *least,     // [rows]
    __global int *nearest,      // [rows], number of the column; the lowest of equals
    int rows, int columns,
    int diagonal)               // 1 when both are the same vectors
{
  __local double best_of[256];
  __local int where[256];
  int x = get_local_id(0);
  int r = get_group_id(0);
  double best = INFINITY;
  int at = INT_MAX;
  for (int c = x; c < columns; c += 256) {
    long i = (long)r * columns + c;
    int same = diagonal && r == c;
    double d = same ? 0.0 : fmax(0.0, row_lengths[r] + column_lengths[c] - 2.0 * products[i]);
    products[i] = d;
    if (!same && d < best) {
      best = d;
      at = c;
    }
  }
  best_of[x] = best;
  where[x] = at;
  barrier(CLK_LOCAL_MEM_FENCE);
  for (int half_way = 128; half_way > 0; half_way /= 2) {
    if (x < half_way) {
      double other = best_of[x + half_way];
      if (other < best_of[x] || (other == best_of[x] && where[x + half_way] < where[x])) {
        best_of[x] = other;
        where[x] = where[x + half_way];
      }
    }
    barrier(CLK_LOCAL_MEM_FENCE);
  }
  if (x == 0) {
    least[r] = best_of[0];
    nearest[r] = where[0];
  }
}

// The nearest row of every column of a block of distances; an item has one column.
__kernel void nearest_of_columns(
    __global const double *block, __global double *least, __global int *nearest, int rows, int columns)
{
  int c = get_global_id(0);
  if (c >= columns) return;
  double best = INFINITY;
  int at = INT_MAX;
  for (int r = 0; r < rows; r++) {
    double d = block[(long)r * columns + c];
    if (d < best) {
      best = d;
      at = r;
    }
  }
  least[c] = best;
  nearest[c] = at;
}
