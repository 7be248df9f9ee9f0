/**
 * Runs: what was asked for, how it goes, what came out. The window and the command line are two front ends over this
 * package.
 */
package dev.assay.run;
