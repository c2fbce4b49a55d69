// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {Ownable} from "@openzeppelin/contracts/access/Ownable.sol";
import {ERC2981} from "@openzeppelin/contracts/token/common/ERC2981.sol";
import {ERC721} from "@openzeppelin/contracts/token/ERC721/ERC721.sol";

/// Music tracks as ERC-721 tokens with ERC-2981 royalties for the artist. Only the platform (the owner) mints.
contract DcmxTracks is ERC721, ERC2981, Ownable {
    /// The hash of the audio of each token; a track is minted once.
    mapping(uint256 tokenId => bytes32) public trackHash;
    mapping(bytes32 trackHash => uint256) public tokenOf;
    uint256 private _lastTokenId;

    event TrackMinted(uint256 indexed tokenId, address indexed artist, bytes32 indexed trackHash);

    error TrackAlreadyMinted(bytes32 trackHash, uint256 tokenId);

    constructor() ERC721("DCMX Tracks", "DCMX") Ownable(msg.sender) {}

    /// Mints the track to its artist, who also receives `royaltyBps` of each later sale.
    function mintTrack(address artist, bytes32 hash, uint96 royaltyBps) external onlyOwner returns (uint256 tokenId) {
        if (tokenOf[hash] != 0) revert TrackAlreadyMinted(hash, tokenOf[hash]);
        tokenId = ++_lastTokenId;
        trackHash[tokenId] = hash;
        tokenOf[hash] = tokenId;
        _setTokenRoyalty(tokenId, artist, royaltyBps);
        emit TrackMinted(tokenId, artist, hash);
        _safeMint(artist, tokenId);
    }

    function supportsInterface(bytes4 id) public view override(ERC721, ERC2981) returns (bool) {
        return super.supportsInterface(id);
    }
}
