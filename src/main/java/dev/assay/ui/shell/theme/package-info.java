/** Light and dark, fonts and style sheets of the window. */
package dev.assay.ui.shell.theme;
