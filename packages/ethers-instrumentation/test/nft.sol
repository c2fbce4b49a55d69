// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.20;

contract Nft {
    event Transfer(address indexed from, address indexed to, uint256 indexed tokenId);
    error NotArtist(address caller, uint256 required);

    mapping(uint256 => address) public ownerOf;
    uint256 public nextId = 1;

    constructor(bool broken) { require(!broken, "broken"); }

    function mint(address to) external returns (uint256 id) {
        id = nextId++;
        ownerOf[id] = to;
        emit Transfer(address(0), to, id);
    }
    function mint(address to, uint256 id) external { ownerOf[id] = to; emit Transfer(address(0), to, id); }
    function touch() external { nextId++; }
    function failCustom(uint256 required) external { nextId++; revert NotArtist(msg.sender, required); }
    function failText() external { nextId++; revert("sold out"); }
    function failPanic() external { uint256 x = nextId; nextId = x / (x - x); }
    function failSilent() external { nextId++; assembly { revert(0, 0) } }
    function failUnknown() external { nextId++; assembly { mstore(0, shl(224, 0xdeadbeef)) revert(0, 4) } }
}
