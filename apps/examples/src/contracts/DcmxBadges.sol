// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {Ownable} from "@openzeppelin/contracts/access/Ownable.sol";
import {ERC721} from "@openzeppelin/contracts/token/ERC721/ERC721.sol";

/// Badges of verified artists: one an artist, not transferable.
contract DcmxBadges is ERC721, Ownable {
    uint256 private _lastBadgeId;

    error BadgeAlreadyAwarded(address artist);
    error BadgeNotTransferable(uint256 badgeId);

    constructor() ERC721("DCMX Artist Badges", "DCMXB") Ownable(msg.sender) {}

    function awardBadge(address artist) external onlyOwner returns (uint256 badgeId) {
        if (balanceOf(artist) != 0) revert BadgeAlreadyAwarded(artist);
        badgeId = ++_lastBadgeId;
        _safeMint(artist, badgeId);
    }

    function _update(address to, uint256 badgeId, address auth) internal override returns (address from) {
        from = super._update(to, badgeId, auth);
        if (from != address(0)) revert BadgeNotTransferable(badgeId);
    }
}
