/** The list of what is open and of the runs. */
package dev.assay.ui.shell.browser;
