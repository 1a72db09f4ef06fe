import { configure } from "@testing-library/react";

// What a test waits for comes at once, and many times later beside a build.
configure({ asyncUtilTimeout: 10_000 });
