/** Choosing an analysis, its inputs and its parameters; everything in it is generated from the analysis's description. */
package dev.assay.ui.shell.inspector;
