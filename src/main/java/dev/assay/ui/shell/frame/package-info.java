/** The frame of the window: tabs, strips and notices, dialogs over the window, welcome page, status bar. */
package dev.assay.ui.shell.frame;
