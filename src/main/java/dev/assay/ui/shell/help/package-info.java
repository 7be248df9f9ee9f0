/** Help pages. */
package dev.assay.ui.shell.help;
