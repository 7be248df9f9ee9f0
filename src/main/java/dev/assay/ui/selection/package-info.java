/** What is selected in the window: one selection that every view follows. */
package dev.assay.ui.selection;
