/**
 * The recipe of {@code sample-data/}: it draws the images of digits, trains the two networks on them and writes both
 * where the project keeps them. Nothing here is shipped; {@code mvn -q -Psample-data} runs it.
 */
package dev.assay.samples;
