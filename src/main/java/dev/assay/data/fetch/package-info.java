/** Fetches well-known datasets to the user's machine, when asked to. Nothing else in the program goes online. */
package dev.assay.data.fetch;
