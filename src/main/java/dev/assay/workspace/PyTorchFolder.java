package dev.assay.workspace;

import dev.assay.model.Engines;

/** The folder with PyTorch's natives that the user has chosen in place of Assay's own. */
public final class PyTorchFolder {

    private static final String KEY = "engine.pytorch.folder";

    private PyTorchFolder() {}

    /** The folder of some settings; empty for Assay's own natives. */
    public static String of(Settings settings) {
        return settings.other().getOrDefault(KEY, "");
    }

    /** Settings with another folder; empty for Assay's own natives. */
    public static Settings with(Settings settings, String folder) {
        return settings.with(KEY, folder);
    }

    /**
     * Makes PyTorch start from the folder of this user's settings; only before it has started.
     *
     * @return why the folder is not used, one sentence; empty when it is, or when none was chosen
     */
    public static String apply() {
        try (SettingsFile settings = SettingsFile.load()) {
            return apply(settings.get());
        }
    }

    /** As above, of settings that are read already. */
    public static String apply(Settings settings) {
        return Engines.usePyTorchOf(of(settings));
    }
}
