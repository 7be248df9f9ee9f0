/** IDX files, plain or gzip: the format of MNIST and its relatives. */
package dev.assay.data.idx;
