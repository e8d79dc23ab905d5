// Jest wants a module for each; the other runners take what the setup returns, or exports beside it.
export { tearDown as default } from './kit/global-setup/shared.ts'
