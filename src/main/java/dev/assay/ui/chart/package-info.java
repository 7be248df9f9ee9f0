/** Charts of results in the window. */
package dev.assay.ui.chart;
