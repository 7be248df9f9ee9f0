/** NumPy arrays: NPY files and NPZ archives. Pickled objects are refused, never unpickled. */
package dev.assay.data.npy;
