/** Linear and mixed-integer programs of a region, solved by HiGHS ({@code nap-verification.md}, section 7). */
package dev.assay.analyses.nap.verify.lp;
