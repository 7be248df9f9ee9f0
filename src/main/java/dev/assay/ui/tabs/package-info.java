/** The contents of tabs: model, dataset, sample, run. */
package dev.assay.ui.tabs;
