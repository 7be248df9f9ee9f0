/**
 * The analysis contract: what an analysis declares, what it is given and how its results stream out.
 *
 * <p>Depends on the JDK alone, so that the same analysis runs in the window, on the command line and on a cluster.
 */
package dev.assay.analysis;
