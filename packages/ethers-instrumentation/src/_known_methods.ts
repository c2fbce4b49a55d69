// Exact names, not a pattern: rpc.method is a metric attribute, and a caller may pass any string to `send`.
const BY_NAMESPACE: Readonly<Record<string, string>> = {
  eth: `accounts baseFee blobBaseFee blockNumber call chainId coinbase config createAccessList estimateGas
    estimateUserOperationGas feeHistory gasPrice getAccount getBalance getBlockByHash getBlockByNumber
    getBlockReceipts getBlockTransactionCountByHash getBlockTransactionCountByNumber getCode getFilterChanges
    getFilterLogs getHeaderByHash getHeaderByNumber getLogs getProof getRawTransactionByHash getStorageAt
    getTransactionByBlockHashAndIndex getTransactionByBlockNumberAndIndex getTransactionByHash
    getTransactionBySenderAndNonce getTransactionCount getTransactionReceipt getUncleByBlockHashAndIndex
    getUncleByBlockNumberAndIndex getUncleCountByBlockHash getUncleCountByBlockNumber getUserOperationByHash
    getUserOperationReceipt getWork hashrate maxPriorityFeePerGas mining newBlockFilter newFilter
    newPendingTransactionFilter protocolVersion requestAccounts sendBundle sendPrivateTransaction
    sendRawTransaction sendRawTransactionConditional sendRawTransactionSync sendTransaction sendUserOperation
    sign signTransaction signTypedData signTypedData_v3 signTypedData_v4 simulateV1 submitWork
    subscribe supportedEntryPoints syncing uninstallFilter unsubscribe`,
  net: "listening peerCount version",
  web3: "clientVersion sha3",
  debug: `getBadBlocks getRawBlock getRawHeader getRawReceipts getRawTransaction storageRangeAt traceBlock
    traceBlockByHash traceBlockByNumber traceCall traceCallMany traceTransaction`,
  trace:
    "block call callMany filter get rawTransaction replayBlockTransactions replayTransaction transaction",
  txpool: "content contentFrom inspect status",
  wallet: `addEthereumChain getCallsStatus getCapabilities getPermissions requestPermissions
    revokePermissions sendCalls showCallsStatus switchEthereumChain watchAsset`,
  personal: `ecRecover importRawKey listAccounts lockAccount newAccount sendTransaction sign signTransaction
    unlockAccount`,
  engine: `exchangeCapabilities exchangeTransitionConfigurationV1 forkchoiceUpdatedV1 forkchoiceUpdatedV2
    forkchoiceUpdatedV3 getPayloadV1 getPayloadV2 getPayloadV3 getPayloadV4 newPayloadV1 newPayloadV2
    newPayloadV3 newPayloadV4`,
  admin: "addPeer datadir nodeInfo peers removePeer",
  miner: "setEtherbase setExtra setGasPrice start stop",
  clique: "getSigners getSnapshot propose",
  rpc: "modules",
  anvil: `autoImpersonateAccount dropTransaction dumpState getAutomine impersonateAccount increaseTime
    loadState metadata mine nodeInfo removeBlockTimestampInterval reset rollback setAutomine setBalance
    setBlockGasLimit setBlockTimestampInterval setChainId setCode setCoinbase setIntervalMining
    setLoggingEnabled setMinGasPrice setNextBlockBaseFeePerGas setNonce setRpcUrl setStorageAt snapshot
    stopImpersonatingAccount revert setTime`,
  hardhat: `dropTransaction getAutomine impersonateAccount metadata mine reset setBalance setCode setCoinbase
    setLoggingEnabled setMinGasPrice setNextBlockBaseFeePerGas setNonce setPrevRandao setStorageAt
    stopImpersonatingAccount`,
  evm: `increaseTime mine revert setAutomine setBlockGasLimit setIntervalMining setNextBlockTimestamp
    setTime snapshot`,
  alchemy: `getAssetTransfers getTokenAllowance getTokenBalances getTokenMetadata getTransactionReceipts
    requestGasAndPaymasterAndData simulateAssetChanges simulateExecution`,
  qn: "fetchNFTs fetchNFTCollectionDetails getBlockWithReceipts getReceipts getTokenMetadataBySymbol",
  erigon: "blockNumber forks getBlockByTimestamp getHeaderByHash getHeaderByNumber getLogsByHash",
  ots: `getApiLevel getBlockDetails getBlockDetailsByHash getBlockTransactions getContractCreator
    getInternalOperations getTransactionError getTransactionBySenderAndNonce hasCode searchTransactionsAfter
    searchTransactionsBefore traceTransaction`,
  bor: "getAuthor getCurrentProposer getCurrentValidators getRootHash getSigners getSnapshot",
  optimism: "outputAtBlock rollupConfig syncStatus version",
  linea: "estimateGas getProof",
  zks: `L1BatchNumber L1ChainId estimateFee estimateGasL1ToL2 getAllAccountBalances getBaseTokenL1Address
    getBlockDetails getBridgeContracts getBridgehubContract getBytecodeByHash getConfirmedTokens getFeeParams
    getL1BatchBlockRange getL1BatchDetails getL1GasPrice getL2ToL1LogProof getL2ToL1MsgProof getMainContract
    getProof getProtocolVersion getRawBlockTransactions getTestnetPaymaster getTransactionDetails
    sendRawTransactionWithDetailedOutput`,
  pm: "getPaymasterData getPaymasterStubData sponsorUserOperation",
  flashbots: "getBundleStats getBundleStatsV2 getUserStats getUserStatsV2",
  mev: "sendBundle simBundle",
};

const KNOWN: ReadonlySet<string> = new Set(
  Object.entries(BY_NAMESPACE).flatMap(([namespace, names]) =>
    names.split(/\s+/).map((name) => `${namespace}_${name}`),
  ),
);

/** Whether a JSON-RPC method is on the list of known names, or on the application's own list. */
export function isKnownMethod(method: string, own: ReadonlySet<string>): boolean {
  return KNOWN.has(method) || own.has(method);
}
