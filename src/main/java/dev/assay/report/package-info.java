/** Reports made of runs, their comparison, and their export as HTML and PDF. */
package dev.assay.report;
