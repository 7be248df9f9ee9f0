/** The tab that edits a report. */
package dev.assay.ui.report;
