/** Views of results and small controls that several tabs share: tables, picture grids, figures, cards, strips. */
package dev.assay.ui.view;
