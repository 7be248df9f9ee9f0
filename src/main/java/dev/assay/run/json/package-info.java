/**
 * {@code result.json} (schema {@code assay.result/1}) and the CSV files beside it: writing without ever leaving something
 * half-written, and reading back.
 */
package dev.assay.run.json;
