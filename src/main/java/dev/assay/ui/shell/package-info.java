/** The window as a whole: starting it, wiring its parts, and the actions. */
package dev.assay.ui.shell;
