/** What is open: models, datasets and other inputs, and how they get there. */
package dev.assay.ui.shell.open;
