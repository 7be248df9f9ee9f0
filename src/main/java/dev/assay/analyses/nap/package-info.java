/**
 * Neural activation patterns: which units are (almost) always on or off for a class. Method of Geng et al., "Towards
 * Reliable Neural Specifications", ICML 2023, arXiv 2210.16114.
 */
package dev.assay.analyses.nap;
