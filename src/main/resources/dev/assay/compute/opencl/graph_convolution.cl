// A network of graph convolutions over copies of one graph that differ in the weights of their edges. A group has one
// copy and keeps its rows in STATE, local memory where they fit; pattern, matrices and the product of features and first
// matrix are shared by all copies. Scores, and their softmax when wanted, are read out by the same launch. What is no number
// stays none, as on the processor: fmax, which would make a number of it, is not for rows.

#pragma OPENCL EXTENSION cl_khr_fp64 : enable

#define GROUP 64

// What an item multiplies at once, and sums over edges.
#define TILE_ROWS 5
#define TILE_COLUMNS 2
#define SUM_COLUMNS 4

enum {
  NODES, ENTRIES, EDGES, WIDEST, EMBEDDING, CONCATENATE, CLASSES, ROWS, POOLINGS, STEPS, START_WIDTH, STRUCTURAL,
  SOFTMAX, WORDS, AT_STEPS, AT_ACTIVE, AT_ROW_START, AT_SOURCE, AT_EDGE, AT_UNIT, AT_POOLING,
  AT_START, AT_SELF, AT_OUTSIDE, AT_FACTOR, AT_OWN, AT_HEAD, AT_HEAD_BIAS, HEADER
};
enum { LINEAR, NORMALISED_SUM, WEIGHTED_SUM, AFFINE, RELU, UNIT_ROWS, LAYER_END };
enum { STEP_KIND, STEP_IN, STEP_OUT, STEP_FIRST, STEP_SECOND, STEP_LENGTH };
enum { POOL_MAX, POOL_MEAN, POOL_SUM };

#define SYNC barrier(CLK_LOCAL_MEM_FENCE | CLK_GLOBAL_MEM_FENCE)

__kernel __attribute__((reqd_work_group_size(GROUP, 1, 1)))
void forward(
    __global const int *ints,
    __global const double *doubles,
    __global const ulong *masks,    // [copies][words]: a bit for every removed unit of edges; or, without words,
    __global const double *weights, // [copies][edges]
    STATE double *work,
    int work_length,                // of one copy; 0 where each group has its own memory
    __global double *out)           // [copies][rows][classes]
{
  int id = get_local_id(0);
  int copy = get_group_id(0);
  int nodes = ints[NODES], entries = ints[ENTRIES], widest = ints[WIDEST];
  int embedding_width = ints[EMBEDDING], rows = ints[ROWS], classes = ints[CLASSES];
  __global const int *row_start = ints + ints[AT_ROW_START];
  __global const int *source = ints + ints[AT_SOURCE];
  __global const int *edge = ints + ints[AT_EDGE];
  __global const int *active = ints + ints[AT_ACTIVE];
  __global const double *self_weight = doubles + ints[AT_SELF];
  work += (long)copy * work_length;
  STATE double *weight = work;
  STATE double *factor = weight + entries;
  STATE double *root = factor + entries;
  STATE double *own = root + nodes;
  STATE double *h = own + nodes;
  STATE double *next = h + (long)nodes * widest;
  STATE double *embedding = next + (long)nodes * widest;
  STATE double *pooled = embedding + (long)rows * embedding_width;

  for (int i = id; i < entries; i += GROUP) {
    int e = edge[i];
    double w = 1.0;
    if (e >= 0 && ints[WORDS] == 0) {
      w = weights[(long)copy * ints[EDGES] + e];
    } else if (e >= 0) {
      int unit = ints[ints[AT_UNIT] + e];
      if (unit >= 0 && ((masks[(long)copy * ints[WORDS] + (unit >> 6)] >> (unit & 63)) & 1)) w = 0.0;
    }
    weight[i] = w;
  }
  SYNC;
  // Every item comes by every SYNC: none lies behind a condition.
  for (int v = id; v < nodes; v += GROUP) {
    double degree = self_weight[v] + (ints[AT_OUTSIDE] < 0 ? 0.0 : doubles[ints[AT_OUTSIDE] + v]);
    for (int i = row_start[v]; i < row_start[v + 1]; i++) degree += weight[i];
    double inverse = degree > 0 ? 1 / degree : 0.0;
    root[v] = sqrt(inverse);
    own[v] = ints[STRUCTURAL] ? self_weight[v] * inverse : doubles[ints[AT_OWN] + v];
  }
  SYNC;
  for (int v = id; v < nodes; v += GROUP)
    for (int i = row_start[v]; i < row_start[v + 1]; i++)
      factor[i] = weight[i] * (ints[STRUCTURAL] ? root[v] * root[source[i]] : doubles[ints[AT_FACTOR] + i]);
  int width = ints[START_WIDTH];
  for (int i = id; i < nodes * width; i += GROUP) h[i] = doubles[ints[AT_START] + i];
  SYNC;

  int done = 0;
  for (int s = 0; s < ints[STEPS]; s++) {
    __global const int *step = ints + ints[AT_STEPS] + s * STEP_LENGTH;
    int kind = step[STEP_KIND], out_width = step[STEP_OUT];
    __global const double *first = doubles + step[STEP_FIRST];
    if (kind == NORMALISED_SUM || kind == WEIGHTED_SUM) done++;
    int count = active[done];
    if (kind == LAYER_END) {
      if (ints[CONCATENATE])
        for (int i = id; i < rows * width; i += GROUP)
          embedding[(i / width) * embedding_width + step[STEP_FIRST] + i % width] = h[i];
    } else if (kind == UNIT_ROWS) {
      for (int v = id; v < count; v += GROUP) {
        double sum = 0;
        for (int j = 0; j < width; j++) sum += h[v * width + j] * h[v * width + j];
        double length = sqrt(sum);
        length = length < first[0] ? first[0] : length;
        for (int j = 0; j < width; j++) next[v * width + j] = h[v * width + j] / length;
      }
    } else if (kind == LINEAR) {
      // An item has a tile, so that what it reads is used several times. Beyond the last row and column these come again.
      int across = (out_width + TILE_COLUMNS - 1) / TILE_COLUMNS;
      int tiles = (count + TILE_ROWS - 1) / TILE_ROWS * across;
      for (int t = id; t < tiles; t += GROUP) {
        int v = t / across * TILE_ROWS, j = t % across * TILE_COLUMNS;
        int row[TILE_ROWS], column[TILE_COLUMNS];
        double sum[TILE_ROWS][TILE_COLUMNS];
        for (int k = 0; k < TILE_COLUMNS; k++) {
          column[k] = min(j + k, out_width - 1);
          double bias = step[STEP_SECOND] < 0 ? 0.0 : doubles[step[STEP_SECOND] + column[k]];
          for (int r = 0; r < TILE_ROWS; r++) sum[r][k] = bias;
        }
        for (int r = 0; r < TILE_ROWS; r++) row[r] = min(v + r, count - 1) * width;
        for (int c = 0; c < width; c++) {
          double x[TILE_ROWS], w[TILE_COLUMNS];
          for (int r = 0; r < TILE_ROWS; r++) x[r] = h[row[r] + c];
          for (int k = 0; k < TILE_COLUMNS; k++) w[k] = first[c * out_width + column[k]];
          for (int r = 0; r < TILE_ROWS; r++)
            for (int k = 0; k < TILE_COLUMNS; k++) sum[r][k] += x[r] * w[k];
        }
        for (int r = 0; r < TILE_ROWS; r++)
          for (int k = 0; k < TILE_COLUMNS; k++)
            if (v + r < count && j + k < out_width) next[(v + r) * out_width + j + k] = sum[r][k];
      }
    } else if (kind == NORMALISED_SUM || kind == WEIGHTED_SUM) {
      STATE const double *of_edge = kind == NORMALISED_SUM ? factor : weight;
      int across = (width + SUM_COLUMNS - 1) / SUM_COLUMNS;
      for (int t = id; t < count * across; t += GROUP) {
        int v = t / across, j = t % across * SUM_COLUMNS;
        int column[SUM_COLUMNS];
        double sum[SUM_COLUMNS];
        double self = kind == NORMALISED_SUM ? own[v] : first[0];
        for (int k = 0; k < SUM_COLUMNS; k++) {
          column[k] = min(j + k, width - 1);
          sum[k] = self * h[v * width + column[k]];
        }
        for (int e = row_start[v]; e < row_start[v + 1]; e++) {
          double by = of_edge[e];
          int from = source[e] * width;
          for (int k = 0; k < SUM_COLUMNS; k++) sum[k] += by * h[from + column[k]];
        }
        for (int k = 0; k < SUM_COLUMNS; k++)
          if (j + k < width) next[v * width + j + k] = sum[k];
      }
    } else if (kind == AFFINE) {
      for (int i = id; i < count * width; i += GROUP)
        next[i] = h[i] * first[i % width] + doubles[step[STEP_SECOND] + i % width];
    } else {
      for (int i = id; i < count * width; i += GROUP) next[i] = h[i] < 0.0 ? 0.0 : h[i];
    }
    SYNC;
    if (kind != LAYER_END) {
      STATE double *turn = h;
      h = next;
      next = turn;
    }
    width = out_width;
  }
  STATE double *top = ints[CONCATENATE] ? embedding : h;

  int poolings = ints[POOLINGS];
  int inputs = embedding_width;
  int results = rows;
  for (int i = id; i < poolings * embedding_width; i += GROUP) {
    int kind = ints[ints[AT_POOLING] + i / embedding_width], j = i % embedding_width;
    double value = rows == 0 ? 0.0 : top[j];
    for (int v = 1; v < rows; v++) {
      double x = top[v * embedding_width + j];
      value = kind != POOL_MAX ? value + x : x > value || isnan(x) ? x : value;
    }
    pooled[i] = kind == POOL_MEAN && rows > 0 ? value / rows : value;
  }
  SYNC;
  if (poolings > 0) {
    top = pooled;
    inputs = poolings * embedding_width;
    results = 1;
  }
  __global double *scores = out + (long)copy * results * classes;
  for (int i = id; i < results * classes; i += GROUP) {
    int r = i / classes, k = i % classes;
    double value = ints[AT_HEAD_BIAS] < 0 ? 0.0 : doubles[ints[AT_HEAD_BIAS] + k];
    for (int c = 0; c < inputs; c++) value += top[r * inputs + c] * doubles[ints[AT_HEAD] + c * classes + k];
    scores[i] = value;
  }
  SYNC;
  if (ints[SOFTMAX]) {
    for (int r = id; r < results; r += GROUP) {
      double greatest = -INFINITY, sum = 0;
      for (int k = 0; k < classes; k++) greatest = fmax(greatest, scores[r * classes + k]);
      for (int k = 0; k < classes; k++) {
        double e = exp(scores[r * classes + k] - greatest);
        scores[r * classes + k] = e;
        sum += e;
      }
      for (int k = 0; k < classes; k++) scores[r * classes + k] /= sum;
    }
  }
}
