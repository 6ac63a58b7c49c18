export function keepFilesOf(built: string, kept: string): void;
export function keepFilesIn(previous: string, kept: string): void;
export function leaveOutKnown(kept: string, files: string): void;
