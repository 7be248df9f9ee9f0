/** Makes the native installers out of the runnable tree. Compiled with the tests, never shipped. */
package dev.assay.installer;
