/** Tables in CSV files: a sample per row, a value per column, and a column of classes. */
package dev.assay.data.csv;
