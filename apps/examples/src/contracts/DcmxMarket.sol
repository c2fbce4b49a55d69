// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.30;

import {Ownable} from "@openzeppelin/contracts/access/Ownable.sol";
import {IERC2981} from "@openzeppelin/contracts/interfaces/IERC2981.sol";
import {IERC721} from "@openzeppelin/contracts/token/ERC721/IERC721.sol";
import {Address} from "@openzeppelin/contracts/utils/Address.sol";

/// A small secondary market. A purchase pays the seller and keeps the ERC-2981 royalty until the platform (the owner)
/// distributes it, once a sale, by shares in basis points.
contract DcmxMarket is Ownable {
    struct Listing {
        address seller;
        uint256 price;
    }

    struct Royalty {
        uint256 amount;
        bool paid;
    }

    uint256 private constant BPS = 10_000;

    IERC721 public immutable tracks;
    mapping(uint256 tokenId => Listing) public listings;
    mapping(uint256 saleId => Royalty) public royalties;
    uint256 private _lastSaleId;

    event Listed(uint256 indexed tokenId, address indexed seller, uint256 price);
    event Sale(
        uint256 indexed saleId,
        uint256 indexed tokenId,
        address indexed seller,
        address buyer,
        uint256 price,
        uint256 royalty
    );
    event PrimarySalePaid(uint256 indexed tokenId, address indexed payee, uint256 amount);
    event RoyaltyPaid(uint256 indexed saleId, address indexed payee, uint256 amount);

    error NotTheOwner(uint256 tokenId, address caller);
    error NotListed(uint256 tokenId);
    error WrongPrice(uint256 expected, uint256 paid);
    error UnknownSale(uint256 saleId);
    error RoyaltyAlreadyPaid(uint256 saleId);
    error BadShares(uint256 sumOfBps);

    constructor(IERC721 tracks_) Ownable(msg.sender) {
        tracks = tracks_;
    }

    function list(uint256 tokenId, uint256 price) external {
        if (tracks.ownerOf(tokenId) != msg.sender) revert NotTheOwner(tokenId, msg.sender);
        listings[tokenId] = Listing(msg.sender, price);
        emit Listed(tokenId, msg.sender, price);
    }

    function buy(uint256 tokenId) external payable returns (uint256 saleId) {
        Listing memory listing = listings[tokenId];
        if (listing.seller == address(0)) revert NotListed(tokenId);
        if (msg.value != listing.price) revert WrongPrice(listing.price, msg.value);
        delete listings[tokenId];
        (, uint256 royalty) = IERC2981(address(tracks)).royaltyInfo(tokenId, listing.price);
        saleId = ++_lastSaleId;
        royalties[saleId] = Royalty(royalty, false);
        emit Sale(saleId, tokenId, listing.seller, msg.sender, listing.price, royalty);
        tracks.safeTransferFrom(listing.seller, msg.sender, tokenId);
        Address.sendValue(payable(listing.seller), listing.price - royalty);
    }

    /// Splits what the platform took in for a new token.
    function payPrimarySale(uint256 tokenId, address[] calldata payees, uint256[] calldata bps) external payable onlyOwner {
        uint256[] memory amounts = _split(msg.value, payees, bps);
        for (uint256 i = 0; i < payees.length; i++) {
            emit PrimarySalePaid(tokenId, payees[i], amounts[i]);
            Address.sendValue(payable(payees[i]), amounts[i]);
        }
    }

    /// Pays the royalty of a sale, once.
    function distributeRoyalty(uint256 saleId, address[] calldata payees, uint256[] calldata bps) external onlyOwner {
        if (saleId == 0 || saleId > _lastSaleId) revert UnknownSale(saleId);
        Royalty storage royalty = royalties[saleId];
        if (royalty.paid) revert RoyaltyAlreadyPaid(saleId);
        royalty.paid = true;
        uint256[] memory amounts = _split(royalty.amount, payees, bps);
        for (uint256 i = 0; i < payees.length; i++) {
            emit RoyaltyPaid(saleId, payees[i], amounts[i]);
            Address.sendValue(payable(payees[i]), amounts[i]);
        }
    }

    /// What division leaves over goes to the first payee, so that nothing remains.
    function _split(uint256 amount, address[] calldata payees, uint256[] calldata bps) private pure returns (uint256[] memory amounts) {
        amounts = new uint256[](payees.length);
        uint256 sum;
        uint256 rest = amount;
        for (uint256 i = 0; i < bps.length; i++) sum += bps[i];
        if (payees.length != bps.length || sum != BPS) revert BadShares(sum);
        for (uint256 i = 1; i < payees.length; i++) {
            amounts[i] = (amount * bps[i]) / BPS;
            rest -= amounts[i];
        }
        amounts[0] = rest;
    }
}
