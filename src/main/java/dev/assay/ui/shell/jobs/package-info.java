/** Work in the background, and watching that the JavaFX thread stays free. */
package dev.assay.ui.shell.jobs;
