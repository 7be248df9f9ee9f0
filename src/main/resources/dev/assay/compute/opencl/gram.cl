// Products of all pairs of vectors in float64. A group of 256 items makes a tile of products: its items form 8 parts of 32
// ("warps"), DOWN of them below each other, and a warp keeps WARP_ROWS x WARP_COLUMNS sums in registers. Every element is
// summed by the same operations in the same order wherever it lies, so that equal vectors have equal products to the bit.
//
// MATRIX chooses the operation: 16 or 8 are NVIDIA's float64 matrix instructions (of compute capability 9.0 and 8.0) with
// so many rows; without it products are fused multiply-adds, as every device has them.
//
// ROLLED leaves the loops over the sums of an item to the compiler: one for processors makes worse code of the others.

#pragma OPENCL EXTENSION cl_khr_fp64 : enable

#ifdef ROLLED
#define UNROLL
#else
#define UNROLL _Pragma("unroll")
#endif

// A tile of 128 x 64, where options do not say otherwise; its sides are multiples of 64.
#ifndef DOWN
#define DOWN 4
#define WARP_ROWS 32
#define WARP_COLUMNS 32
#endif

#define WARPS 8
#define ACROSS (WARPS / DOWN)
#define ROWS (DOWN * WARP_ROWS)
#define COLUMNS (ACROSS * WARP_COLUMNS)

#define STEP 8            // coordinates of a round
#define UNITS (STEP / 2)  // of 16 bytes, of a vector in a round
#define PATCH 8           // tiles below each other that are made together and share what the cache holds

// Where local memory has a unit of a vector. The order changes from vector to vector so that neither 8 vectors' same unit
// nor 4 vectors' same half meet in one bank.
#define MIX(vector) (((vector) & 2) | ((vector) >> 2 & 1))
#define PLACE(vector, unit) ((vector) * UNITS + ((unit) ^ MIX(vector)))

// Which sums a lane has: sums[i][j] is of the warp's row ROW(i) and column COLUMN(j).
#ifdef MATRIX
#define SUMS_DOWN (WARP_ROWS / 8)
#define SUMS_ACROSS (WARP_COLUMNS / 4)
#define ROW(i) (8 * (i) + lane / 4)
#define COLUMN(j) (8 * ((j) / 2) + 2 * (lane % 4) + (j) % 2)
#else
// Neighbouring lanes share a row or a column in either direction, so that two halves of a warp read at once.
#define SUMS_DOWN (WARP_ROWS / 4)
#define SUMS_ACROSS (WARP_COLUMNS / 8)
#define ROW(i) (4 * (i) + (lane >> 1 & 1 | lane >> 3 & 2))
#define COLUMN(j) (8 * (j) + (lane & 1 | lane >> 1 & 6))
#endif

// Adds a round's products to a lane's sums; a and b are the first rows of its warp.
static inline void add_round(
    double sums[SUMS_DOWN][SUMS_ACROSS], __local const double2 *a, __local const double2 *b, int lane)
{
#ifdef MATRIX
  __local const double *p = (__local const double *)a;
  __local const double *q = (__local const double *)b;
  UNROLL for (int part = 0; part < STEP / 4; part++) {
    // A lane gives one coordinate of each eighth row and column.
    int unit = 2 * part + (lane >> 1 & 1), half_of = lane & 1;
    double x[SUMS_DOWN], y[SUMS_ACROSS / 2];
    UNROLL for (int i = 0; i < SUMS_DOWN; i++) x[i] = p[2 * PLACE(8 * i + lane / 4, unit) + half_of];
    UNROLL for (int j = 0; j < SUMS_ACROSS / 2; j++) y[j] = q[2 * PLACE(8 * j + lane / 4, unit) + half_of];
#if MATRIX == 16
    UNROLL for (int i = 0; i < SUMS_DOWN; i += 2)
      UNROLL for (int j = 0; j < SUMS_ACROSS; j += 2)
        asm volatile("mma.sync.aligned.m16n8k4.row.col.f64.f64.f64.f64 {%0,%1,%2,%3},{%4,%5},{%6},{%0,%1,%2,%3};"
            : "+d"(sums[i][j]), "+d"(sums[i][j + 1]), "+d"(sums[i + 1][j]), "+d"(sums[i + 1][j + 1])
            : "d"(x[i]), "d"(x[i + 1]), "d"(y[j / 2]));
#else
    UNROLL for (int i = 0; i < SUMS_DOWN; i++)
      UNROLL for (int j = 0; j < SUMS_ACROSS; j += 2)
        asm volatile("mma.sync.aligned.m8n8k4.row.col.f64.f64.f64.f64 {%0,%1},{%2},{%3},{%0,%1};"
            : "+d"(sums[i][j]), "+d"(sums[i][j + 1])
            : "d"(x[i]), "d"(y[j / 2]));
#endif
  }
#else
  UNROLL for (int unit = 0; unit < UNITS; unit++) {
    double2 y[SUMS_ACROSS];
    UNROLL for (int j = 0; j < SUMS_ACROSS; j++) y[j] = b[PLACE(COLUMN(j), unit)];
    UNROLL for (int i = 0; i < SUMS_DOWN; i++) {
      double2 x = a[PLACE(ROW(i), unit)];
      UNROLL for (int j = 0; j < SUMS_ACROSS; j++) sums[i][j] = fma(x.y, y[j].y, fma(x.x, y[j].x, sums[i][j]));
    }
  }
#endif
}

// Adds a stretch of coordinates to a block of the products; a group for each tile. Of a block on the diagonal, whatever
// lies below it is left as it is or filled with what nobody reads.
__kernel __attribute__((reqd_work_group_size(256, 1, 1)))
void add_products(
    __global const double2 *restrict left,   // [rows][count]
    __global const double2 *restrict right,  // [columns][count]
    __global double *restrict products,      // [rows][columns]
    int rows, int columns,
    int count,                               // a multiple of STEP, filled up with zeros
    int begin,                               // 1 for the first stretch: nothing is there yet
    int diagonal)                            // 1 when both are the same vectors
{
  __local double2 a[2][ROWS * UNITS];
  __local double2 b[2][COLUMNS * UNITS];
  int item = get_local_id(0), warp = item / 32, lane = item % 32;

  int down = (rows + ROWS - 1) / ROWS, across = (columns + COLUMNS - 1) / COLUMNS;
  int group = get_group_id(0), above = group / (PATCH * across) * PATCH, height = min(PATCH, down - above);
  int in_patch = group % (PATCH * across);
  int row0 = (above + in_patch % height) * ROWS, column0 = in_patch / height * COLUMNS;
  int needed = !diagonal || row0 < column0 + COLUMNS;

  int warp_row = warp / ACROSS * WARP_ROWS, warp_column = warp % ACROSS * WARP_COLUMNS;
  double sums[SUMS_DOWN][SUMS_ACROSS];
  UNROLL for (int i = 0; i < SUMS_DOWN; i++)
    UNROLL for (int j = 0; j < SUMS_ACROSS; j++) sums[i][j] = 0;
  if (needed && !begin) {
    // Beyond the block it is the last one's. All of these are on their way at once.
    UNROLL for (int i = 0; i < SUMS_DOWN; i++) {
      __global const double *there = products + (long)min(rows - 1, row0 + warp_row + ROW(i)) * columns;
      UNROLL for (int j = 0; j < SUMS_ACROSS; j++) sums[i][j] = there[min(columns - 1, column0 + warp_column + COLUMN(j))];
    }
  }

  // What an item brings to local memory: the same unit of vectors 64 apart. Beyond the last vector it is the last one's.
  int unit = item % UNITS, vector = item / UNITS, width = count / 2;
  int from_left[ROWS / 64], from_right[COLUMNS / 64];  // a stretch of a tile's side has far fewer than 2^31 units
  UNROLL for (int i = 0; i < ROWS / 64; i++) from_left[i] = min(rows - 1, row0 + vector + 64 * i) * width + unit;
  UNROLL for (int i = 0; i < COLUMNS / 64; i++)
    from_right[i] = min(columns - 1, column0 + vector + 64 * i) * width + unit;
  int place = PLACE(vector, unit);

  int rounds = needed ? count / STEP : 0;
  if (rounds > 0) {
    UNROLL for (int i = 0; i < ROWS / 64; i++) a[0][place + 64 * UNITS * i] = left[from_left[i]];
    UNROLL for (int i = 0; i < COLUMNS / 64; i++) b[0][place + 64 * UNITS * i] = right[from_right[i]];
  }
  for (int round = 0; round < rounds; round++) {
    barrier(CLK_LOCAL_MEM_FENCE);
    // The next round's coordinates are on their way while this one's are multiplied; the last round brings its own again.
    int next = min(round + 1, rounds - 1) * UNITS;
    double2 next_left[ROWS / 64], next_right[COLUMNS / 64];
    UNROLL for (int i = 0; i < ROWS / 64; i++) next_left[i] = left[from_left[i] + next];
    UNROLL for (int i = 0; i < COLUMNS / 64; i++) next_right[i] = right[from_right[i] + next];

    int now = round % 2;
    add_round(sums, a[now] + warp_row * UNITS, b[now] + warp_column * UNITS, lane);

    UNROLL for (int i = 0; i < ROWS / 64; i++) a[!now][place + 64 * UNITS * i] = next_left[i];
    UNROLL for (int i = 0; i < COLUMNS / 64; i++) b[!now][place + 64 * UNITS * i] = next_right[i];
  }

  UNROLL for (int i = 0; i < SUMS_DOWN; i++)
    UNROLL for (int j = 0; j < SUMS_ACROSS; j++) {
      int r = row0 + warp_row + ROW(i), c = column0 + warp_column + COLUMN(j);
      if (needed && r < rows && c < columns) products[(long)r * columns + c] = sums[i][j];
    }
}

// Squared lengths are what lies on the diagonal.
__kernel void take_lengths(__global const double *products, __global double *lengths, int rows)
{
  int r = get_global_id(0);
  if (r < rows) lengths[r] = products[(long)r * rows + r];
}

// The nearer of two, and of equals the lower number, goes to the first of a group; for all 256 items of it.
static inline void reduce(__local double *best, __local int *where, int item, int least_half)
{
  for (int half_way = 128; half_way >= least_half; half_way /= 2) {
    barrier(CLK_LOCAL_MEM_FENCE);
    if (item < half_way) {
      double other = best[item + half_way];
      if (other < best[item] || (other == best[item] && where[item + half_way] < where[item])) {
        best[item] = other;
        where[item] = where[item + half_way];
      }
    }
  }
}

// Turns a row of a block of products into squared distances and finds the nearest of it; a group has one row. Of a block on
// the diagonal it is what lies above: the rest are other rows' distances.
__kernel __attribute__((reqd_work_group_size(256, 1, 1)))
void distances(
    __global double *products,  // [rows][columns], overwritten
    __global const double *row_lengths, __global const double *column_lengths,
    __global double *least,     // [rows]
    __global int *nearest,      // [rows], number of the column; the lowest of equals
    int columns,
    int diagonal)               // 1 when both are the same vectors
{
  __local double best_of[256];
  __local int where[256];
  int item = get_local_id(0), r = get_group_id(0);
  double length = row_lengths[r], best = INFINITY;
  int at = INT_MAX;
  for (int c = (diagonal ? r / 32 * 32 : 0) + item; c < columns; c += 256) {
    long i = (long)r * columns + c;
    double d = diagonal && c <= r ? 0.0 : length + column_lengths[c] - 2.0 * products[i];
    d = d < 0.0 ? 0.0 : d;  // fmax would make a 0 of NaN
    products[i] = d;
    if (!(diagonal && c <= r) && d < best) {
      best = d;
      at = c;
    }
  }
  best_of[item] = best;
  where[item] = at;
  reduce(best_of, where, item, 1);
  if (item == 0) {
    least[r] = best_of[0];
    nearest[r] = where[0];
  }
}

// The nearest row of every column of a block of distances; a group has 16 columns, and an item every 16th row of one.
__kernel __attribute__((reqd_work_group_size(256, 1, 1)))
void nearest_of_columns(
    __global const double *block, __global double *least, __global int *nearest, int rows, int columns, int diagonal)
{
  __local double best_of[256];
  __local int where[256];
  int item = get_local_id(0), c = get_group_id(0) * 16 + item % 16;
  int end = c >= columns ? 0 : diagonal ? c : rows;
  double best = INFINITY;
  int at = INT_MAX;
  for (int r = item / 16; r < end; r += 16) {
    double d = block[(long)r * columns + c];
    if (d < best) {
      best = d;
      at = r;
    }
  }
  best_of[item] = best;
  where[item] = at;
  reduce(best_of, where, item, 16);
  if (item < 16 && c < columns) {
    least[c] = best_of[item];
    nearest[c] = where[item];
  }
}
