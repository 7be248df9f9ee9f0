package dev.assay.workspace;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

class UserFoldersTest {

    private final Path home = Path.of("home", "me").toAbsolutePath();
    private final Path elsewhere = Path.of("elsewhere").toAbsolutePath();

    @Test
    void linuxFollowsTheXdgVariables() {
        UserFolders folders =
                UserFolders.find("Linux", home, Map.of("XDG_CONFIG_HOME", elsewhere.toString(), "XDG_STATE_HOME", ""));
        assertThat(folders.config()).isEqualTo(elsewhere.resolve("assay"));
        assertThat(folders.state()).isEqualTo(home.resolve(".local/state/assay"));
        assertThat(folders.data()).isEqualTo(home.resolve(".local/share/assay"));
    }

    @Test
    void aRelativeXdgPathIsIgnored() {
        assertThat(UserFolders.find("Linux", home, Map.of("XDG_CONFIG_HOME", "here")).config())
                .isEqualTo(home.resolve(".config/assay"));
    }

    @Test
    void macOsUsesTheLibrary() {
        UserFolders folders = UserFolders.find("Mac OS X", home, Map.of());
        assertThat(folders.config()).isEqualTo(home.resolve("Library/Application Support/Assay"));
        assertThat(folders.state()).isEqualTo(home.resolve("Library/Logs/Assay"));
    }

    @Test
    void windowsUsesAppData() {
        UserFolders folders = UserFolders.find("Windows 11", home, Map.of("APPDATA", elsewhere.toString()));
        assertThat(folders.config()).isEqualTo(elsewhere.resolve("Assay"));
        assertThat(folders.data()).isEqualTo(home.resolve("AppData/Local/Assay"));
    }
}
