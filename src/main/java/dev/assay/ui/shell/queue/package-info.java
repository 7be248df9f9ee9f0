/** The runs at work and their log. */
package dev.assay.ui.shell.queue;
