/** How numbers, times and sizes are written for people; shared by window, command line and report. */
package dev.assay.text;
