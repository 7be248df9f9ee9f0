/** The window. Nothing but painting happens on the JavaFX thread. */
package dev.assay.ui;
