package dev.assay.ui.tabs;

/** The style sheet of the tabs, which every tab brings along. */
public final class TabStyle {

    private TabStyle() {}

    /** Its address. */
    public static String sheet() {
        return TabStyle.class.getResource("/dev/assay/ui/tabs.css").toExternalForm();
    }
}
