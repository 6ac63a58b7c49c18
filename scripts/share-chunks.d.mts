export declare function shareChunks(server: string): void;
