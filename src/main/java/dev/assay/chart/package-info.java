/** From results to charts: themes, reduction of large data, vector and bitmap export. Shared by window, report, export. */
package dev.assay.chart;
