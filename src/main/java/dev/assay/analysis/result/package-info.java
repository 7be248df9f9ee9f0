/**
 * Results of a run by kind. All are immutable; charts, tables and files are views of them.
 *
 * <p>A new kind of result is a new record that implements {@link dev.assay.analysis.result.Result}; the view, the JSON
 * writer and the exporter find their handler by its class and fall back to a text when they have none.
 */
package dev.assay.analysis.result;
